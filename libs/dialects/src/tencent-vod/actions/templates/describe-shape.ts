import { actionParameters } from '../../define-action'
import { domainType } from '../../codecs/vendor-words'
import { definitions, oneOf, paging } from '../../protocol/fields'

/** The parameters that all Describe…Templates actions share. */
export const describeTemplatesParameters = actionParameters({
  ...paging,
  Definitions: definitions,
  Type: oneOf(['Preset', 'Custom']).optional(),
})

type Described = (typeof describeTemplatesParameters)['_output']

export function toTemplatesQuery({ Definitions, Type, Offset, Limit }: Described) {
  return {
    offset: Offset,
    limit: Limit,
    definitions: Definitions,
    type: Type && domainType[Type],
  }
}
