/** Containers that are opened. Playlists, image sequences, text and devices are not among them: they can name other files. */
const containers = [
  'mov,mp4,m4a,3gp,3g2,mj2',
  'matroska,webm',
  'mpegts',
  'mpeg',
  'mpegvideo',
  'flv',
  'avi',
  'asf',
  'ogg',
  'gif',
  'mxf',
  'mp3',
  'aac',
  'flac',
  'wav',
] as const

/** Decoders by ffmpeg's names. The audio ones only let ffprobe say what the sound is. */
const decoders = [
  ...['h264', 'hevc', 'vp8', 'vp9', 'libvpx', 'libvpx-vp9', 'av1', 'libdav1d', 'libaom-av1'],
  ...['mpeg1video', 'mpeg2video', 'mpegvideo', 'mpeg4', 'msmpeg4v1', 'msmpeg4v2', 'msmpeg4', 'h263', 'flv'],
  ...['wmv1', 'wmv2', 'wmv3', 'vc1', 'theora', 'mjpeg', 'gif', 'png', 'qtrle', 'rawvideo', 'ffv1', 'huffyuv'],
  ...['prores', 'dnxhd', 'dvvideo', 'svq1', 'svq3', 'cinepak', 'vp6', 'vp6f', 'ffvhuff', 'utvideo'],
  ...['aac', 'mp3', 'mp3float', 'mp2', 'mp2float', 'ac3', 'eac3', 'opus', 'libopus', 'vorbis', 'flac', 'alac'],
  ...['pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s32le', 'pcm_u8', 'pcm_f32le', 'wmav2', 'amrnb', 'dca'],
] as const

/** The most pixels that a coded frame may have: a square of 8192. */
export const maxCodedPixels = 8192 * 8192

/** Tokens that go before every `-i`: a stranger's file may open no other file, no network, and no rare parser. */
export function untrustedInputArgs(protocol: 'file' | 'pipe'): readonly string[] {
  return [
    ...['-protocol_whitelist', protocol],
    ...['-format_whitelist', containers.join(',')],
    ...['-codec_whitelist', decoders.join(',')],
    ...['-max_pixels', String(maxCodedPixels)],
    ...['-max_streams', '32'],
    ...['-probesize', '10000000', '-analyzeduration', '10000000'],
  ]
}

/** A path as ffmpeg takes it literally, whatever characters are in it. */
export function fileUrl(path: string): string {
  return `file:${path}`
}
