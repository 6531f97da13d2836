/** How a parameter, a member or an action differs from the vendor's, where it does; the page says it. */
export const notes: Readonly<Record<string, string>> = {
  'ProcessMedia.SessionId': 'taken once in 3 days among the ProcessMedia calls of a sub-application',
  'ProcessMediaByProcedure.SessionId': 'taken once in 7 days among the calls of this action in a sub-application',
  'PullUpload.SessionId': 'taken once in 3 days among the calls of this action in a sub-application',
  'PullUpload.MediaType': 'the vendor’s list of extensions, and `m2ts`, `mts` and `ogv`',
  'ApplyUpload.MediaType': 'the vendor’s list of extensions, and `m2ts`, `mts` and `ogv`',
  'ApplyUpload.CoverType': '`jpg`, `jpeg`, `png` or `gif`',
  'ApplyUpload.Procedure': 'one that is not there is refused: `InvalidParameterValue.ProcedureName`',
  'SnapshotByTimeOffsetTaskInput.TimeOffsetSet': 'comes after ExtTimeOffsetSet when both are given',
  'WatermarkInput.TextContent': 'accepted; text is not drawn on snapshots, as the vendor says',
  'WatermarkInput.SvgContent': 'checked and let go; SVG is not drawn on snapshots, as the vendor says',
  'ModifyMediaInfo.ExpireTime': 'a time that is over means now',
  'DeleteMedia.DeleteParts':
    'there are `OriginalFiles`, and `TranscodeFiles` for a cover that was made; nothing is of the others',
  'SearchMedia.Categories': '`Image` finds nothing',
  'SearchMedia.SourceTypes': 'all media are of `Upload`',
  'ModifySubAppIdStatus.Status': '`Off` and `Destroyed` let nobody in and delete nothing; `On` brings it back',
  'MediaImageSpriteItem.TotalCount': 'cells over all sheets',
  'ProcedureTask.Message': 'what a preset procedure left out; else `SUCCESS`',
  'TempCertificate.SecretKey': 'empty where the store lends no credentials; `UploadUrl` is the way then',
}
