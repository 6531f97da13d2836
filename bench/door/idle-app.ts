import { superviseByParent } from '@libs/kernel'

/** Stands where an app that is not measured would be. */
superviseByParent(() => Promise.resolve()).ready()
