/** Tencent Cloud VOD, "Media upload": the extensions of media that may be uploaded. */
const video =
  'wmv rm mov mpeg mp4 3gp flv avi rmvb ts asf mpg webm mkv m3u8 wm asx ram mpe vob dat mp4v m4v f4v mxf qt ogg'
const audio = 'mp3 m4a flac ogg wav ra aac amr'

/** Beyond the vendor's: containers that ffmpeg reads as well. */
const more = 'm2ts mts ogv'

export const mediaTypes: readonly string[] = [video, audio, more].flatMap((list) => list.split(' '))

/** Covers that are taken here; the vendor lists formats besides that browsers don't show. */
export const coverTypes: Readonly<Record<string, string>> = { jpg: 'jpg', jpeg: 'jpg', png: 'png', gif: 'gif' }
