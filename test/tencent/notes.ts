/** How a parameter, a member or an action differs from the vendor's, where it does; the page says it. */
export const notes: Readonly<Record<string, string>> = {
  'ProcessMedia.SessionId': 'taken once in 3 days among the ProcessMedia calls of a sub-application',
  'ProcessMediaByProcedure.SessionId': 'taken once in 7 days among the calls of this action in a sub-application',
  'SnapshotByTimeOffsetTaskInput.TimeOffsetSet': 'comes after ExtTimeOffsetSet when both are given',
  'MediaImageSpriteItem.TotalCount': 'cells over all sheets',
}
