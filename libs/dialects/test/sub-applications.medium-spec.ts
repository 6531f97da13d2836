import type { SubAppId } from '@libs/kernel'
import { openTencentVod, type TencentVodDoor, type VodClient } from './open-tencent-vod'

describe('sub-applications of Tencent VOD', () => {
  let door: TencentVodDoor
  let client: VodClient

  beforeEach(async () => {
    door = await openTencentVod()
    client = door.client()
  })

  afterEach(() => door.close())

  async function create(Name: string): Promise<number> {
    const { SubAppId = 0 } = await client.CreateSubAppId({ Name, Description: 'theirs' })
    return SubAppId
  }

  const names = async (SubAppId?: number): Promise<readonly (string | undefined)[]> => {
    const where = SubAppId === undefined ? {} : { SubAppId }
    const { ProcedureTemplateSet = [] } = await client.DescribeProcedureTemplates({ ...where, Type: 'Custom' })
    return ProcedureTemplateSet.map(({ Name }) => Name)
  }

  it('are made, renamed, listed, and switched off and on', async () => {
    const SubAppId = await create('one')
    expect(SubAppId).toBeGreaterThan(1_500_000_000)
    await create('two')
    await client.ModifySubAppIdInfo({ SubAppId, Name: 'renamed' })
    const { TotalCount, SubAppIdInfoSet } = await client.DescribeSubAppIds({ Name: 'renamed' })
    expect(TotalCount).toBe(1)
    expect(SubAppIdInfoSet).toMatchObject([{ SubAppId, SubAppIdName: 'renamed', Description: 'theirs', Status: 'On' }])
    await client.ModifySubAppIdStatus({ SubAppId, Status: 'Off' })
    expect((await client.DescribeSubAppIds({})).SubAppIdInfoSet).toMatchObject([{ Status: 'Off' }, { Status: 'On' }])
  })

  it('are where a call acts that names one', async () => {
    const SubAppId = await create('one')
    const MediaProcessTask = { ImageSpriteTaskSet: [{ Definition: 10 }] }
    await client.CreateProcedureTemplate({ Name: 'theirs', MediaProcessTask, SubAppId })
    await client.CreateProcedureTemplate({ Name: 'ours', MediaProcessTask, SubAppId: 0 })
    expect(await names(SubAppId)).toEqual(['theirs'])
    expect(await names()).toEqual(['ours'])
    expect(await names(1_500_000_000)).toEqual(['ours'])
    const process = client.ProcessMedia({ FileId: door.media.id, MediaProcessTask, SubAppId })
    await expect(process).rejects.toMatchObject({ code: 'InvalidParameterValue.FileId' })
  })

  it('that are not there, or off, let nobody in', async () => {
    const SubAppId = await create('one')
    for (const unknown of [SubAppId + 1, 7, -1]) {
      await expect(client.DescribeEventConfig({ SubAppId: unknown })).rejects.toMatchObject({
        code: 'InvalidParameterValue.SubAppId',
      })
    }
    await client.ModifySubAppIdStatus({ SubAppId, Status: 'Off' })
    await expect(client.DescribeEventConfig({ SubAppId })).rejects.toMatchObject({ code: 'ResourceUnavailable' })
  })

  it('have keys of their own, which act in no other', async () => {
    const [theirs, others] = [await create('one'), await create('two')]
    const subAppId = (theirs - 1_500_000_000) as SubAppId
    const key = { secretId: 'AKIDTHEIRS', secretKey: 'theirs', subAppId }
    await door.unitOfWork.stores.accessKeys.save(key, new Date())
    const they = door.client('POST', 'TC3-HMAC-SHA256', key)
    await they.CreateProcedureTemplate({ Name: 'own', MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] } })
    expect(await names(theirs)).toEqual(['own'])
    expect(await they.DescribeProcedureTemplates({ SubAppId: theirs, Names: ['own'] })).toMatchObject({
      TotalCount: 1,
    })
    expect(await they.DescribeSubAppIds({})).toMatchObject({ TotalCount: 1, SubAppIdInfoSet: [{ SubAppId: theirs }] })
    await client.ModifySubAppIdStatus({ SubAppId: theirs, Status: 'Off' })
    await expect(they.DescribeSubAppIds({})).rejects.toMatchObject({ code: 'ResourceUnavailable' })
    await client.ModifySubAppIdStatus({ SubAppId: theirs, Status: 'On' })
    for (const SubAppId of [others, 1_500_000_000]) {
      await expect(they.DescribeProcedureTemplates({ SubAppId })).rejects.toMatchObject({
        code: 'InvalidParameterValue.SubAppId',
      })
    }
    await expect(they.CreateSubAppId({ Name: 'three' })).rejects.toMatchObject({ code: 'UnauthorizedOperation' })
    const change = they.ModifySubAppIdInfo({ SubAppId: theirs, Name: 'x' })
    await expect(change).rejects.toMatchObject({ code: 'UnauthorizedOperation' })
  })

  it('are at most fifty', async () => {
    for (let count = 0; count < 50; count += 1) await create(`app ${count}`)
    await expect(create('one more')).rejects.toMatchObject({ code: 'LimitExceeded' })
  })
})
