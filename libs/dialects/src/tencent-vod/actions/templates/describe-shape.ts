import { actionParameters } from '../../define-action'
import { domainType } from '../../codecs/vendor-words'
import { definition, listOf, oneOf, paging } from '../../protocol/fields'

const mostDefinitions = 100

/** The parameters that all Describe…Templates actions share. */
export const describeTemplatesParameters = actionParameters({
  ...paging,
  Definitions: listOf(definition, mostDefinitions).optional(),
  Type: oneOf(['Preset', 'Custom']).optional(),
})

type Described = (typeof describeTemplatesParameters)['_output']

/** An empty list of definitions asks for all, as an absent one does. */
export function toTemplatesQuery({ Definitions, Type, Offset, Limit }: Described) {
  return {
    offset: Offset,
    limit: Limit,
    definitions: Definitions?.length === 0 ? undefined : Definitions,
    type: Type && domainType[Type],
  }
}
