// Written by `npm run openapi`, out of docs/openapi.json: a change by hand is lost.

export interface paths {
    "/v1/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find media by name, tag and time, the latest first unless asked otherwise */
        get: operations["MediaCatalogue_list"];
        put?: never;
        /** Upload a video by a form, or have one pulled from a URL */
        post: operations["Media_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/{mediaId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describe a media and the latest pictures of it */
        get: operations["MediaCatalogue_describe"];
        put?: never;
        post?: never;
        /** Delete a media with its pictures */
        delete: operations["MediaCatalogue_remove"];
        options?: never;
        head?: never;
        /** Change what is said of a media; what is given takes the place of what was there */
        patch: operations["MediaCatalogue_change"];
        trace?: never;
    };
    "/v1/templates/watermark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List watermarks */
        get: operations["Watermarks_list"];
        put?: never;
        /** Make a watermark of an image */
        post: operations["Watermarks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/watermark/{definition}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describe a watermark */
        get: operations["Watermarks_describe"];
        /** Replace a watermark; without an image it keeps the one that it has */
        put: operations["Watermarks_replace"];
        post?: never;
        /** Delete a watermark */
        delete: operations["Watermarks_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/snapshot-by-time-offset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List templates for pictures at given times */
        get: operations["TemplatesCatalogue_listSnapshots"];
        put?: never;
        /** Make a template for pictures at given times */
        post: operations["Templates_createSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/sample-snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List templates for pictures at an interval */
        get: operations["TemplatesCatalogue_listSamples"];
        put?: never;
        /** Make a template for pictures at an interval */
        post: operations["Templates_createSample"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/image-sprite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List templates for sprite sheets */
        get: operations["TemplatesCatalogue_listSprites"];
        put?: never;
        /** Make a template for sprite sheets */
        post: operations["Templates_createSprite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/snapshot-by-time-offset/{definition}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describe a template for pictures at given times */
        get: operations["TemplatesCatalogue_describeSnapshot"];
        /** Replace a template for pictures at given times */
        put: operations["Templates_replaceSnapshot"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/sample-snapshot/{definition}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describe a template for pictures at an interval */
        get: operations["TemplatesCatalogue_describeSample"];
        /** Replace a template for pictures at an interval */
        put: operations["Templates_replaceSample"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/image-sprite/{definition}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describe a template for sprite sheets */
        get: operations["TemplatesCatalogue_describeSprite"];
        /** Replace a template for sprite sheets */
        put: operations["Templates_replaceSprite"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{kind}/{definition}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a template for pictures of any kind */
        delete: operations["Templates_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List procedures, presets among them */
        get: operations["Procedures_list"];
        put?: never;
        /** Store a named list of tasks */
        post: operations["Procedures_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/procedures/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describe a procedure */
        get: operations["Procedures_describe"];
        /** Replace the tasks of a procedure */
        put: operations["Procedures_reset"];
        post?: never;
        /** Delete a procedure */
        delete: operations["Procedures_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List named queues, oldest first */
        get: operations["Queues_list"];
        put?: never;
        /** Make a named queue */
        post: operations["Queues_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/queues/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describe a named queue */
        get: operations["Queues_describe"];
        put?: never;
        post?: never;
        /** Delete a named queue in which every run has ended */
        delete: operations["Queues_remove"];
        options?: never;
        head?: never;
        /** Change, pause or resume a named queue */
        patch: operations["Queues_change"];
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List runs, the latest first unless asked otherwise */
        get: operations["Runs_list"];
        put?: never;
        /** Make pictures of a media, by tasks or by a stored procedure */
        post: operations["Runs_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell how far a run is, and what its tasks brought */
        get: operations["Runs_describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/abort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Abort a run: what has not begun never does */
        post: operations["Runs_abort"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow a run as it goes on, over Server-Sent Events */
        get: operations["RunEvents_follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tasks of runs, the latest first unless asked otherwise */
        get: operations["Tasks_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{taskId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell how far a task is, and what it brought */
        get: operations["Tasks_describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{taskId}/abort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Abort a task; the others of its run go on */
        post: operations["Tasks_abort"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{taskId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a failed task again, in a new run and with the settings of then */
        post: operations["Tasks_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/pull": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take events; those that are not confirmed within 30 seconds come again */
        post: operations["Events_pull"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm events that were taken */
        post: operations["Events_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell how events come */
        get: operations["EventConfig_describe"];
        /** Say how events come, and enable an endpoint that was disabled */
        put: operations["EventConfig_replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks, oldest first */
        get: operations["Webhooks_list"];
        put?: never;
        /** Have events pushed to one more place; the answer has the secret that they are signed with */
        post: operations["Webhooks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describe a webhook, and how it answers */
        get: operations["Webhooks_describe"];
        put?: never;
        post?: never;
        /** Delete a webhook, and what waits for it */
        delete: operations["Webhooks_remove"];
        options?: never;
        head?: never;
        /** Change a webhook, and enable one that was disabled */
        patch: operations["Webhooks_change"];
        trace?: never;
    };
    "/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List events that are or were pushed, the latest first */
        get: operations["Deliveries_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{deliveryId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Push an event again */
        post: operations["Deliveries_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sub-apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sub-applications */
        get: operations["SubApps_list"];
        put?: never;
        /** Make a sub-application */
        post: operations["SubApps_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sub-apps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename a sub-application, or switch it off or on */
        patch: operations["SubApps_change"];
        trace?: never;
    };
    "/v1/access-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List access keys, oldest first */
        get: operations["AccessKeys_list"];
        put?: never;
        /** Make an access key */
        post: operations["AccessKeys_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-keys/{secretId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an access key */
        delete: operations["AccessKeys_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell which parts of an upload are there */
        get: operations["Uploads_parts"];
        /** Bring the bytes of an announced upload, whole or one part */
        put: operations["Uploads_receive"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{token}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Bring the bytes of an announced cover */
        put: operations["Uploads_receiveCover"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin an upload that can be resumed (tus) */
        post: operations["ResumableUploads_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{uploadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Give an upload up, with what has come of it (tus) */
        delete: operations["ResumableUploads_giveUp"];
        options?: never;
        /** Tell how much of an upload has come (tus) */
        head: operations["ResumableUploads_offset"];
        /** Bring the next bytes of an upload (tus) */
        patch: operations["ResumableUploads_append"];
        trace?: never;
    };
    "/v1/hooks/tusd": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hear of tusd that an upload has come */
        post: operations["TusdHook_hear"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hooks/s3": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hear of a bucket that objects have come or gone */
        post: operations["BucketHook_hear"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ChangeMediaBody: {
            name?: string;
            description?: string;
            reference?: string;
            expiresAt?: string | null;
            tags?: string[];
            marks?: {
                atMs: number;
                text: string;
            }[];
            /** Format: base64 */
            cover?: string;
        };
        WatermarkBody: {
            /** @default  */
            name?: string;
            /** @default  */
            comment?: string;
            /** Format: base64 */
            image?: string;
            /**
             * @default topLeft
             * @enum {string}
             */
            origin?: "topLeft" | "topRight" | "bottomLeft" | "bottomRight";
            /**
             * @description Such as "12px" or "5%".
             * @default 0px
             */
            x?: string;
            /**
             * @description Such as "12px" or "5%".
             * @default 0px
             */
            y?: string;
            /**
             * @description Such as "12px" or "5%".
             * @default 10%
             */
            width?: string;
            /**
             * @description Such as "12px" or "5%".
             * @default 0px
             */
            height?: string;
            /** @default 0 */
            transparencyPercent?: number;
            /**
             * @default forever
             * @enum {string}
             */
            repeat?: "once" | "lastFrame" | "forever";
        };
        PictureSettings: {
            /** @default 0 */
            widthPx?: number;
            /** @default 0 */
            heightPx?: number;
            /** @default true */
            resolutionAdaptive?: boolean;
            /**
             * @default jpg
             * @enum {string}
             */
            format?: "jpg" | "png" | "webp" | "avif";
            /**
             * @default black
             * @enum {string}
             */
            fill?: "stretch" | "black" | "white" | "gauss";
            /** @default 85 */
            quality?: number;
            /**
             * @default 420
             * @enum {string}
             */
            chroma?: "420" | "444";
            /**
             * @default exact
             * @enum {string}
             */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            avoidBlack?: {
                /** @default 90 */
                sharePercent?: number;
                /** @default 32 */
                belowLevel?: number;
            };
        };
        SnapshotTemplateBody: {
            /** @default  */
            name?: string;
            /** @default  */
            comment?: string;
            retainResultsDays?: number;
            /** @default {} */
            settings?: components["schemas"]["PictureSettings"];
        };
        SampleSettings: {
            /** @default 0 */
            widthPx?: number;
            /** @default 0 */
            heightPx?: number;
            /** @default true */
            resolutionAdaptive?: boolean;
            /**
             * @default jpg
             * @enum {string}
             */
            format?: "jpg" | "png" | "webp" | "avif";
            /**
             * @default black
             * @enum {string}
             */
            fill?: "stretch" | "black" | "white" | "gauss";
            /** @default 85 */
            quality?: number;
            /**
             * @default 420
             * @enum {string}
             */
            chroma?: "420" | "444";
            /**
             * @default exact
             * @enum {string}
             */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            avoidBlack?: {
                /** @default 90 */
                sharePercent?: number;
                /** @default 32 */
                belowLevel?: number;
            };
            sampling: components["schemas"]["Sampling"];
        };
        Sampling: {
            /** @constant */
            by: "time";
            intervalMs: number;
        } | {
            /** @constant */
            by: "percent";
            intervalPercent: number;
        } | {
            /** @constant */
            by: "series";
            /** @default 0 */
            startMs?: number;
            count?: number;
            intervalMs?: number;
        };
        SampleTemplateBody: {
            /** @default  */
            name?: string;
            /** @default  */
            comment?: string;
            retainResultsDays?: number;
            settings: components["schemas"]["SampleSettings"];
        };
        SheetSettings: {
            /** @default 0 */
            widthPx?: number;
            /** @default 0 */
            heightPx?: number;
            /** @default true */
            resolutionAdaptive?: boolean;
            /**
             * @default jpg
             * @enum {string}
             */
            format?: "jpg" | "png" | "webp" | "avif";
            /**
             * @default black
             * @enum {string}
             */
            fill?: "stretch" | "black" | "white" | "gauss";
            /** @default 85 */
            quality?: number;
            /**
             * @default 420
             * @enum {string}
             */
            chroma?: "420" | "444";
            /**
             * @default exact
             * @enum {string}
             */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            sampling: components["schemas"]["Sampling"];
            rows: number;
            columns: number;
            paddingPx?: number;
            marginPx?: number;
            background?: string;
            /** @enum {string} */
            delivery?: "sheets" | "cells" | "both";
        };
        SpriteTemplateBody: {
            /** @default  */
            name?: string;
            /** @default  */
            comment?: string;
            retainResultsDays?: number;
            settings: components["schemas"]["SheetSettings"];
        };
        SnapshotTaskBody: {
            /** @constant */
            kind: "snapshotByTimeOffset";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            watermarks?: {
                definition: number;
            }[];
            settings?: components["schemas"]["PictureSettings"];
            overrides?: components["schemas"]["PictureOverrides"];
            offsets: (number | string)[];
        };
        PictureOverrides: {
            widthPx?: number;
            heightPx?: number;
            resolutionAdaptive?: boolean;
            /** @enum {string} */
            format?: "jpg" | "png" | "webp" | "avif";
            /** @enum {string} */
            fill?: "stretch" | "black" | "white" | "gauss";
            quality?: number;
            /** @enum {string} */
            chroma?: "420" | "444";
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            avoidBlack?: {
                /** @default 90 */
                sharePercent?: number;
                /** @default 32 */
                belowLevel?: number;
            };
        };
        SampleTaskBody: {
            /** @constant */
            kind: "sampleSnapshot";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            watermarks?: {
                definition: number;
            }[];
            settings?: components["schemas"]["SampleSettings"];
            overrides?: components["schemas"]["SampleOverrides"];
        };
        SampleOverrides: {
            widthPx?: number;
            heightPx?: number;
            resolutionAdaptive?: boolean;
            /** @enum {string} */
            format?: "jpg" | "png" | "webp" | "avif";
            /** @enum {string} */
            fill?: "stretch" | "black" | "white" | "gauss";
            quality?: number;
            /** @enum {string} */
            chroma?: "420" | "444";
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            avoidBlack?: {
                /** @default 90 */
                sharePercent?: number;
                /** @default 32 */
                belowLevel?: number;
            };
            sampling?: components["schemas"]["Sampling"];
        };
        SpriteTaskBody: {
            /** @constant */
            kind: "imageSprites";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            cellFileName?: string;
            vttFileName?: string;
            settings?: components["schemas"]["SheetSettings"];
            overrides?: components["schemas"]["SheetOverrides"];
        };
        SheetOverrides: {
            widthPx?: number;
            heightPx?: number;
            resolutionAdaptive?: boolean;
            /** @enum {string} */
            format?: "jpg" | "png" | "webp" | "avif";
            /** @enum {string} */
            fill?: "stretch" | "black" | "white" | "gauss";
            quality?: number;
            /** @enum {string} */
            chroma?: "420" | "444";
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            sampling?: components["schemas"]["Sampling"];
            rows?: number;
            columns?: number;
            paddingPx?: number;
            marginPx?: number;
            background?: string;
            /** @enum {string} */
            delivery?: "sheets" | "cells" | "both";
        };
        CoverTaskBody: {
            /** @constant */
            kind: "coverBySnapshot";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            watermarks?: {
                definition: number;
            }[];
            settings?: components["schemas"]["PictureSettings"];
            overrides?: components["schemas"]["PictureOverrides"];
            position: number | string;
        };
        CreateProcedureBody: {
            name: string;
            /** @default  */
            comment?: string;
            tasks: (components["schemas"]["SnapshotTaskBody"] | components["schemas"]["SampleTaskBody"] | components["schemas"]["SpriteTaskBody"] | components["schemas"]["CoverTaskBody"])[];
        };
        ResetProcedureBody: {
            /** @default  */
            comment?: string;
            tasks: (components["schemas"]["SnapshotTaskBody"] | components["schemas"]["SampleTaskBody"] | components["schemas"]["SpriteTaskBody"] | components["schemas"]["CoverTaskBody"])[];
        };
        CreateQueueBody: {
            name: string;
            /** @default  */
            comment?: string;
            limit?: number | null;
            /** @default 0 */
            priority?: number;
            /** @default false */
            paused?: boolean;
        };
        ChangeQueueBody: {
            comment?: string;
            limit?: number | null;
            priority?: number;
            paused?: boolean;
        };
        CreateRunBody: {
            mediaId?: string;
            url?: string;
            object?: {
                bucket: string;
                name: string;
            };
            tasks?: (components["schemas"]["SnapshotTaskBody"] | components["schemas"]["SampleTaskBody"] | components["schemas"]["SpriteTaskBody"] | components["schemas"]["CoverTaskBody"])[];
            procedure?: string;
            /** @default 0 */
            priority?: number;
            queue?: string;
            /** @enum {string} */
            notifyMode?: "finish" | "change" | "none";
            callbackUrl?: string;
            /** @default  */
            sessionContext?: string;
            /** @default  */
            sessionId?: string;
            /** @description Anything that JSON can say, to be given back. */
            userData?: unknown;
        };
        PullEventsBody: {
            /** @default 16 */
            limit?: number;
            /** @default 5 */
            waitSeconds?: number;
        };
        ConfirmEventsBody: {
            handles: string[];
        };
        EventConfigBody: {
            /** @enum {string} */
            mode: "push" | "pull";
            /** @default  */
            url?: "" | string;
            /** @default false */
            tellsUploads?: boolean;
            /** @default false */
            tellsDeletions?: boolean;
            secret?: string;
        };
        CreateWebhookBody: {
            url: string;
            /** @default [] */
            types?: ("procedureStateChanged" | "mediaUploaded" | "mediaPulled" | "mediaDeleted")[];
            /** @default  */
            comment?: string;
        };
        ChangeWebhookBody: {
            url?: string;
            types?: ("procedureStateChanged" | "mediaUploaded" | "mediaPulled" | "mediaDeleted")[];
            comment?: string;
        };
        CreateSubAppBody: {
            name: string;
            /** @default  */
            description?: string;
        };
        ChangeSubAppBody: {
            name?: string;
            description?: string;
            /** @enum {string} */
            state?: "on" | "off" | "destroyed";
        };
        /** @default {} */
        CreateAccessKeyBody: {
            /** @description What the key is for; by default what the calling one is for. */
            scopes?: ("read" | "upload" | "process" | "events" | "manage" | "admin")[];
        };
        AccessKey: {
            secretId: string;
            /** @description Told now and never again. */
            secretKey: string;
            subAppId: number;
            scopes?: ("read" | "upload" | "process" | "events" | "manage" | "admin")[];
        };
        AccessKeyList: {
            items: {
                secretId: string;
                subAppId: number;
                scopes?: ("read" | "upload" | "process" | "events" | "manage" | "admin")[];
                /** Format: date-time */
                createdAt: string;
            }[];
        };
        SubApp: {
            id: number;
            name: string;
            description: string;
            /** @enum {string} */
            state: "on" | "off" | "destroyed";
            /** Format: date-time */
            createdAt: string;
        };
        SubAppPage: {
            totalCount: number;
            items: components["schemas"]["SubApp"][];
        };
        DeliveryList: {
            items: components["schemas"]["Delivery"][];
            /** @description `before` of the next page; absent on the last one. */
            next?: string;
        };
        Delivery: {
            deliveryId: string;
            url: string;
            /** @enum {string} */
            state: "pending" | "sending" | "delivered" | "dead";
            attempts: number;
            /** Format: date-time */
            dueAt?: string;
            lastStatus?: number;
            lastReason?: string;
            /** Format: date-time */
            deliveredAt?: string;
        };
        DeliveryId: {
            deliveryId: string;
        };
        EventConfig: {
            /** @enum {string} */
            mode: "push" | "pull";
            url: string;
            tellsUploads: boolean;
            tellsDeletions: boolean;
            /** @description What pushed events are signed with (Standard Webhooks). */
            secret: string;
            /** @description How the address that events are pushed to answers. */
            endpoint?: components["schemas"]["Endpoint"];
        };
        Endpoint: {
            /** @enum {string} */
            state: "enabled" | "disabled";
            failuresInARow: number;
            /** Format: date-time */
            failingSince?: string;
            /** Format: date-time */
            resumeAt?: string;
            /** Format: date-time */
            disabledAt?: string;
            disabledReason?: string | null;
        };
        PulledEvents: {
            events: {
                /** @description What confirms that it has come. */
                handle: string;
                /** @description As it would be pushed. */
                event: unknown;
            }[];
        };
        NewWebhook: {
            webhookId: string;
            url: string;
            /** @description Of which types events are pushed there; empty: of all. */
            types: ("procedureStateChanged" | "mediaUploaded" | "mediaPulled" | "mediaDeleted")[];
            comment: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description How it answers. */
            endpoint: components["schemas"]["Endpoint"];
            /** @description What its events are signed with (Standard Webhooks); it is told only here. */
            secret: string;
        };
        WebhookList: {
            items: components["schemas"]["Webhook"][];
        };
        Webhook: {
            webhookId: string;
            url: string;
            /** @description Of which types events are pushed there; empty: of all. */
            types: ("procedureStateChanged" | "mediaUploaded" | "mediaPulled" | "mediaDeleted")[];
            comment: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description How it answers. */
            endpoint: components["schemas"]["Endpoint"];
        };
        BucketNotice: {
            Records?: {
                [key: string]: unknown;
            }[];
        } & {
            [key: string]: unknown;
        };
        /** @description What has been done; what was known, or no rule takes, is not among it. */
        FollowedBucket: {
            created: {
                key: string;
                mediaId: string;
                runId?: string;
            }[];
            removed: {
                key: string;
                mediaId: string;
            }[];
        };
        TusdHook: {
            Type?: string;
            Event?: {
                [key: string]: unknown;
            };
            Upload?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description Nothing where there was nothing to do, or it was done before. */
        TakenUpload: {
            mediaId?: string;
            runId?: string;
        };
        MediaPage: {
            totalCount: number;
            items: components["schemas"]["Media"][];
        };
        Media: {
            mediaId: string;
            name: string;
            description: string;
            reference?: string;
            extension: string;
            /** @enum {string} */
            state: "ingesting" | "ready" | "failed";
            sourceUrl?: string;
            sourceContext: string;
            info?: components["schemas"]["MediaInfo"];
            fault?: components["schemas"]["Fault"];
            tags: string[];
            marks: {
                atMs: number;
                text: string;
            }[];
            url: string;
            coverUrl?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            expiresAt?: string;
            results: ({
                /** @constant */
                kind: "snapshotByTimeOffset";
                definition?: number;
                runId: string;
                /** Format: date-time */
                finishedAt?: string;
                output: components["schemas"]["Stills"];
            } | {
                /** @constant */
                kind: "sampleSnapshot";
                definition?: number;
                runId: string;
                /** Format: date-time */
                finishedAt?: string;
                output: components["schemas"]["Stills"];
            } | {
                /** @constant */
                kind: "imageSprites";
                definition?: number;
                runId: string;
                /** Format: date-time */
                finishedAt?: string;
                output: components["schemas"]["Sheets"];
            } | {
                /** @constant */
                kind: "coverBySnapshot";
                definition?: number;
                runId: string;
                /** Format: date-time */
                finishedAt?: string;
                output: components["schemas"]["Cover"];
            })[];
        };
        MediaInfo: {
            container: string;
            sizeBytes: number;
            bitrateBps: number;
            durationMs: number;
            startMs: number;
            pictureStreamIndex?: number;
            displayWidthPx: number;
            displayHeightPx: number;
            pixels?: {
                format: string;
                bitDepth: number;
                matrix: string;
                /** @enum {string} */
                range: "limited" | "full";
                primaries: string;
                transfer: string;
                peakNits?: number;
                interlaced: boolean;
                alpha: boolean;
            };
            videoStreams: {
                index: number;
                codec: string;
                widthPx: number;
                heightPx: number;
                bitrateBps: number;
                framesPerSecond: number;
                durationMs: number;
                rotationDegrees: number;
                mirrored?: boolean;
            }[];
            audioStreams: {
                index: number;
                codec: string;
                bitrateBps: number;
                sampleRateHz: number;
                durationMs: number;
            }[];
        };
        Fault: {
            code: string;
            detail: string;
            retryAfterMs?: number;
        };
        Stills: {
            stills: components["schemas"]["Still"][];
        };
        Still: {
            /** Format: uri */
            url: string;
            sizeBytes: number;
            widthPx: number;
            heightPx: number;
            /** @description The time that was asked for. */
            atMs: number;
            /** @description When the frame that stands for it is first shown. */
            ptsMs: number;
        };
        Sheets: {
            cellWidthPx: number;
            cellHeightPx: number;
            cellCount: number;
            sheets: components["schemas"]["File"][];
            cells?: components["schemas"]["Still"][];
            vtt: components["schemas"]["File"];
        };
        File: {
            /** Format: uri */
            url: string;
            sizeBytes: number;
        };
        Cover: {
            cover: components["schemas"]["Still"];
        };
        RegisterMediaBody: {
            url?: string;
            name?: string;
            procedure?: string;
            /** @default 0 */
            priority?: number;
            queue?: string;
            /** @enum {string} */
            notifyMode?: "finish" | "change" | "none";
            callbackUrl?: string;
            /** @default  */
            sessionContext?: string;
            /** @default  */
            sessionId?: string;
        };
        RegisterMediaForm: {
            name?: string;
            procedure?: string;
            /** @default 0 */
            priority?: number;
            queue?: string;
            /** @enum {string} */
            notifyMode?: "finish" | "change" | "none";
            callbackUrl?: string;
            /** @default  */
            sessionContext?: string;
            /** @default  */
            sessionId?: string;
            /** Format: binary */
            file: Blob;
        };
        RegisteredMedia: {
            mediaId: string;
            /** @description The run of the procedure that was named. */
            runId?: string;
            /** @description The run that makes it ready. */
            ingestRunId: string;
        };
        ProcedureName: {
            name: string;
        };
        Procedure: {
            name: string;
            /** @enum {string} */
            type: "preset" | "custom";
            comment: string;
            tasks: ({
                /** @constant */
                kind: "snapshotByTimeOffset";
                definition?: number;
                /** @enum {string} */
                accuracy?: "exact" | "keyframe" | "nearestKeyframe";
                fileName?: string;
                bucket?: string;
                settings?: components["schemas"]["PictureSettings"];
                offsets: (number | string)[];
                watermarks?: {
                    definition: number;
                    text?: string;
                    fromS?: number;
                    toS?: number;
                }[];
            } | {
                /** @constant */
                kind: "sampleSnapshot";
                definition?: number;
                /** @enum {string} */
                accuracy?: "exact" | "keyframe" | "nearestKeyframe";
                fileName?: string;
                bucket?: string;
                settings?: components["schemas"]["SampleSettings"];
                watermarks?: {
                    definition: number;
                    text?: string;
                    fromS?: number;
                    toS?: number;
                }[];
            } | {
                /** @constant */
                kind: "imageSprites";
                definition?: number;
                /** @enum {string} */
                accuracy?: "exact" | "keyframe" | "nearestKeyframe";
                fileName?: string;
                bucket?: string;
                settings?: components["schemas"]["SheetSettings"];
                cellFileName?: string;
                vttFileName?: string;
            } | {
                /** @constant */
                kind: "coverBySnapshot";
                definition?: number;
                /** @enum {string} */
                accuracy?: "exact" | "keyframe" | "nearestKeyframe";
                fileName?: string;
                bucket?: string;
                settings?: components["schemas"]["PictureSettings"];
                /** @description Such as "3.5s", "10%", or milliseconds. */
                position: number | string;
                watermarks?: {
                    definition: number;
                    text?: string;
                    fromS?: number;
                    toS?: number;
                }[];
            })[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ProcedurePage: {
            totalCount: number;
            items: components["schemas"]["Procedure"][];
        };
        Queue: {
            name: string;
            comment: string;
            /** @description Null: nothing limits its tasks. */
            limit: number | null;
            priority: number;
            paused: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        QueuePage: {
            totalCount: number;
            items: components["schemas"]["Queue"][];
        };
        AcceptedRun: {
            runId: string;
            mediaId: string;
        };
        RunList: {
            items: components["schemas"]["RunFacts"][];
            /** @description `page` of the next page; absent on the last one. */
            nextPage?: string;
        };
        RunFacts: {
            runId: string;
            /** @enum {string} */
            type: "ingest" | "pull" | "process";
            mediaId: string;
            procedure?: string;
            note?: string;
            /** @enum {string} */
            state: "waiting" | "processing" | "finished" | "aborted";
            priority: number;
            queue?: string;
            /** @enum {string} */
            notifyMode: "finish" | "change" | "none";
            callbackUrl?: string;
            sessionContext: string;
            userData?: unknown;
            sessionId: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
        };
        Run: {
            runId: string;
            /** @enum {string} */
            type: "ingest" | "pull" | "process";
            mediaId: string;
            procedure?: string;
            note?: string;
            /** @enum {string} */
            state: "waiting" | "processing" | "finished" | "aborted";
            priority: number;
            queue?: string;
            /** @enum {string} */
            notifyMode: "finish" | "change" | "none";
            callbackUrl?: string;
            sessionContext: string;
            userData?: unknown;
            sessionId: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            progressPercent: number;
            tasks: (components["schemas"]["SnapshotTask"] | components["schemas"]["SampleTask"] | components["schemas"]["SpriteTask"] | components["schemas"]["CoverTask"])[];
        };
        SnapshotTask: {
            /** @constant */
            kind: "snapshotByTimeOffset";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            settings?: components["schemas"]["PictureSettings"];
            offsets: (number | string)[];
            watermarks?: {
                definition: number;
                text?: string;
                fromS?: number;
                toS?: number;
            }[];
            taskId: string;
            /** @enum {string} */
            state: "waiting" | "processing" | "succeeded" | "failed";
            progressPercent: number;
            /** @description How many of its pictures are made. */
            framesDone?: number;
            /** @description How many pictures it makes; absent until a worker has said so. */
            frames?: number;
            fault?: components["schemas"]["Fault"];
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            output?: components["schemas"]["Stills"];
        };
        SampleTask: {
            /** @constant */
            kind: "sampleSnapshot";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            settings?: components["schemas"]["SampleSettings"];
            watermarks?: {
                definition: number;
                text?: string;
                fromS?: number;
                toS?: number;
            }[];
            taskId: string;
            /** @enum {string} */
            state: "waiting" | "processing" | "succeeded" | "failed";
            progressPercent: number;
            /** @description How many of its pictures are made. */
            framesDone?: number;
            /** @description How many pictures it makes; absent until a worker has said so. */
            frames?: number;
            fault?: components["schemas"]["Fault"];
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            output?: components["schemas"]["Stills"];
        };
        SpriteTask: {
            /** @constant */
            kind: "imageSprites";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            settings?: components["schemas"]["SheetSettings"];
            cellFileName?: string;
            vttFileName?: string;
            taskId: string;
            /** @enum {string} */
            state: "waiting" | "processing" | "succeeded" | "failed";
            progressPercent: number;
            /** @description How many of its pictures are made. */
            framesDone?: number;
            /** @description How many pictures it makes; absent until a worker has said so. */
            frames?: number;
            fault?: components["schemas"]["Fault"];
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            output?: components["schemas"]["Sheets"];
        };
        CoverTask: {
            /** @constant */
            kind: "coverBySnapshot";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            settings?: components["schemas"]["PictureSettings"];
            /** @description Such as "3.5s", "10%", or milliseconds. */
            position: number | string;
            watermarks?: {
                definition: number;
                text?: string;
                fromS?: number;
                toS?: number;
            }[];
            taskId: string;
            /** @enum {string} */
            state: "waiting" | "processing" | "succeeded" | "failed";
            progressPercent: number;
            /** @description How many of its pictures are made. */
            framesDone?: number;
            /** @description How many pictures it makes; absent until a worker has said so. */
            frames?: number;
            fault?: components["schemas"]["Fault"];
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            output?: components["schemas"]["Cover"];
        };
        RunId: {
            runId: string;
        };
        /** @description Events: `progress` and `taskEnded`, whose data is a task or how far it is, then `runEnded`, whose data is the run. */
        RunEvents: string;
        TaskList: {
            items: components["schemas"]["Task"][];
            /** @description `page` of the next page; absent on the last one. */
            nextPage?: string;
        };
        Task: {
            /** @constant */
            kind: "snapshotByTimeOffset";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            settings?: components["schemas"]["PictureSettings"];
            offsets: (number | string)[];
            watermarks?: {
                definition: number;
                text?: string;
                fromS?: number;
                toS?: number;
            }[];
            taskId: string;
            /** @enum {string} */
            state: "waiting" | "processing" | "succeeded" | "failed";
            progressPercent: number;
            /** @description How many of its pictures are made. */
            framesDone?: number;
            /** @description How many pictures it makes; absent until a worker has said so. */
            frames?: number;
            fault?: components["schemas"]["Fault"];
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            output?: components["schemas"]["Stills"];
            runId: string;
            mediaId: string;
            index: number;
            /** Format: date-time */
            createdAt: string;
        } | {
            /** @constant */
            kind: "sampleSnapshot";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            settings?: components["schemas"]["SampleSettings"];
            watermarks?: {
                definition: number;
                text?: string;
                fromS?: number;
                toS?: number;
            }[];
            taskId: string;
            /** @enum {string} */
            state: "waiting" | "processing" | "succeeded" | "failed";
            progressPercent: number;
            /** @description How many of its pictures are made. */
            framesDone?: number;
            /** @description How many pictures it makes; absent until a worker has said so. */
            frames?: number;
            fault?: components["schemas"]["Fault"];
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            output?: components["schemas"]["Stills"];
            runId: string;
            mediaId: string;
            index: number;
            /** Format: date-time */
            createdAt: string;
        } | {
            /** @constant */
            kind: "imageSprites";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            settings?: components["schemas"]["SheetSettings"];
            cellFileName?: string;
            vttFileName?: string;
            taskId: string;
            /** @enum {string} */
            state: "waiting" | "processing" | "succeeded" | "failed";
            progressPercent: number;
            /** @description How many of its pictures are made. */
            framesDone?: number;
            /** @description How many pictures it makes; absent until a worker has said so. */
            frames?: number;
            fault?: components["schemas"]["Fault"];
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            output?: components["schemas"]["Sheets"];
            runId: string;
            mediaId: string;
            index: number;
            /** Format: date-time */
            createdAt: string;
        } | {
            /** @constant */
            kind: "coverBySnapshot";
            definition?: number;
            /** @enum {string} */
            accuracy?: "exact" | "keyframe" | "nearestKeyframe";
            fileName?: string;
            bucket?: string;
            settings?: components["schemas"]["PictureSettings"];
            /** @description Such as "3.5s", "10%", or milliseconds. */
            position: number | string;
            watermarks?: {
                definition: number;
                text?: string;
                fromS?: number;
                toS?: number;
            }[];
            taskId: string;
            /** @enum {string} */
            state: "waiting" | "processing" | "succeeded" | "failed";
            progressPercent: number;
            /** @description How many of its pictures are made. */
            framesDone?: number;
            /** @description How many pictures it makes; absent until a worker has said so. */
            frames?: number;
            fault?: components["schemas"]["Fault"];
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            output?: components["schemas"]["Cover"];
            runId: string;
            mediaId: string;
            index: number;
            /** Format: date-time */
            createdAt: string;
        };
        TaskId: {
            taskId: string;
        };
        RetriedTask: {
            runId: string;
            mediaId: string;
            taskId: string;
        };
        SnapshotTemplate: {
            /** @constant */
            template: "snapshotByTimeOffset";
            definition: number;
            /** @enum {string} */
            type: "preset" | "custom";
            name: string;
            comment: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            retainResultsDays?: number;
            settings: components["schemas"]["PictureSettings"];
        };
        SnapshotTemplatePage: {
            totalCount: number;
            items: components["schemas"]["SnapshotTemplate"][];
        };
        SampleTemplate: {
            /** @constant */
            template: "sampleSnapshot";
            definition: number;
            /** @enum {string} */
            type: "preset" | "custom";
            name: string;
            comment: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            retainResultsDays?: number;
            settings: components["schemas"]["SampleSettings"];
        };
        SampleTemplatePage: {
            totalCount: number;
            items: components["schemas"]["SampleTemplate"][];
        };
        SpriteTemplate: {
            /** @constant */
            template: "imageSprite";
            definition: number;
            /** @enum {string} */
            type: "preset" | "custom";
            name: string;
            comment: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            retainResultsDays?: number;
            settings: components["schemas"]["SheetSettings"];
        };
        SpriteTemplatePage: {
            totalCount: number;
            items: components["schemas"]["SpriteTemplate"][];
        };
        Definition: {
            definition: number;
        };
        KeptWatermark: {
            definition: number;
            imageUrl?: string;
        };
        Watermark: {
            definition: number;
            /** @enum {string} */
            type: "preset" | "custom";
            name: string;
            comment: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @enum {string} */
            origin: "topLeft" | "topRight" | "bottomLeft" | "bottomRight";
            x: string;
            y: string;
            imageUrl?: string;
            width?: string;
            height?: string;
            transparencyPercent?: number;
            /** @enum {string} */
            repeat?: "once" | "lastFrame" | "forever";
            mark?: {
                /** @constant */
                type: "text";
                font: string;
                fontSizePx: number;
                colour: string;
                opacity: number;
            } | {
                /** @constant */
                type: "svg";
                width: string;
                height: string;
            };
        };
        WatermarkPage: {
            totalCount: number;
            items: components["schemas"]["Watermark"][];
        };
        /** Format: binary */
        Bytes: Blob;
        UploadParts: {
            parts: {
                part: number;
                sizeBytes: number;
            }[];
        };
        Problem: {
            title: string;
            status: number;
            /** @enum {string} */
            code: "request.malformed" | "request.tooLarge" | "request.unsupportedMethod" | "request.unknownAction" | "request.unsupportedVersion" | "request.missingParameter" | "request.unknownParameter" | "request.invalidParameter" | "request.invalidValue" | "request.outdated" | "request.keyReused" | "request.underWay" | "request.tooOften" | "request.overload" | "request.unsupportedEncoding" | "auth.missing" | "auth.malformed" | "auth.unknownKey" | "auth.badSignature" | "auth.expired" | "auth.replayed" | "auth.forbidden" | "auth.tooOften" | "accessKey.notFound" | "accessKey.last" | "subApp.notFound" | "subApp.off" | "subApp.limitReached" | "subApp.busy" | "file.forbidden" | "feature.unsupported" | "template.notFound" | "template.limitReached" | "template.isPreset" | "procedure.notFound" | "procedure.alreadyExists" | "procedure.limitReached" | "procedure.isPreset" | "queue.notFound" | "queue.alreadyExists" | "queue.limitReached" | "queue.inUse" | "media.notFound" | "media.tooManyTags" | "media.tooManyMarks" | "run.notFound" | "run.hasBegun" | "task.notFound" | "task.notFailed" | "upload.notFound" | "upload.noBytes" | "upload.wrongOffset" | "upload.busy" | "session.duplicate" | "events.none" | "events.unknownHandle" | "delivery.notFound" | "webhook.notFound" | "webhook.alreadyExists" | "webhook.limitReached" | "url.refused" | "task.invalidOffset" | "task.invalidConfiguration" | "task.resultTooLarge" | "media.noVideo" | "media.noResolution" | "media.empty" | "media.notMedia" | "media.truncated" | "media.malformed" | "media.unsupported" | "media.encrypted" | "media.tooManyPixels" | "media.crashedDecoder" | "media.tooMuchMemory" | "media.notAccessible" | "media.temporarilyNotAccessible" | "task.crashed" | "task.timedOut" | "task.aborted" | "storage.failed" | "storage.full" | "internal";
            detail: string;
            /** @description The path of what is wrong in the request. */
            field?: string;
        };
    };
    responses: {
        /** @description It is what the caller knows. */
        NotModified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The request is refused; whoever sends it can change that. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service fails; the same request may work later. */
        Failed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The sub-application to act in, for keys of the main one. */
        SubApp: number;
        /** @description The `ETag` that it was read with: if it is another one by now, nothing is changed. */
        IfMatch: string;
        /** @description Made up by the caller: the same request with the same key is done once within 24 hours, and answered the same. */
        Once: string;
        /** @description The `ETag` of what is known: if it is still the same, the answer is 304. */
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description Stays the same as long as the answer does. */
        EntityTag: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    MediaCatalogue_list: {
        parameters: {
            query?: {
                name?: string;
                /** @example trailer */
                tag?: string;
                /** @example 2026-01-01T00:00:00Z */
                createdAfter?: string;
                createdBefore?: string;
                order?: "ascending" | "descending";
                offset?: number;
                /** @example 10 */
                limit?: number;
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Find media by name, tag and time, the latest first unless asked otherwise */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaPage"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Media_register: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller: the same request with the same key is done once within 24 hours, and answered the same. */
                "Idempotency-Key"?: components["parameters"]["Once"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/videos/trailer.mp4",
                 *       "procedure": "previews"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterMediaBody"];
                /**
                 * @example {
                 *       "file": "the bytes of a video",
                 *       "name": "Trailer",
                 *       "procedure": "previews"
                 *     }
                 */
                "multipart/form-data": components["schemas"]["RegisterMediaForm"];
            };
        };
        responses: {
            /** @description Upload a video by a form, or have one pulled from a URL */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredMedia"];
                };
            };
            /** @description Refused: `queue.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `session.duplicate`, `request.underWay`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `procedure.notFound`, `url.refused`, `request.keyReused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `storage.full`. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    MediaCatalogue_describe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 7529766398878917855 */
                mediaId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe a media and the latest pictures of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Media"];
                };
            };
            /** @description Refused: `media.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    MediaCatalogue_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 7529766398878917855 */
                mediaId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a media with its pictures */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `media.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    MediaCatalogue_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 7529766398878917855 */
                mediaId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Trailer",
                 *       "tags": [
                 *         "trailer",
                 *         "de"
                 *       ],
                 *       "marks": [
                 *         {
                 *           "atMs": 61500,
                 *           "text": "Title"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChangeMediaBody"];
            };
        };
        responses: {
            /** @description Change what is said of a media; what is given takes the place of what was there */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Media"];
                };
            };
            /** @description Refused: `media.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Watermarks_list: {
        parameters: {
            query?: {
                offset?: number;
                /** @example 10 */
                limit?: number;
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List watermarks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatermarkPage"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Watermarks_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller: the same request with the same key is done once within 24 hours, and answered the same. */
                "Idempotency-Key"?: components["parameters"]["Once"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "logo",
                 *       "image": "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
                 *       "origin": "bottomRight",
                 *       "x": "2%",
                 *       "y": "2%",
                 *       "width": "10%"
                 *     }
                 */
                "application/json": components["schemas"]["WatermarkBody"];
            };
        };
        responses: {
            /** @description Make a watermark of an image */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptWatermark"];
                };
            };
            /** @description Refused: `template.limitReached`, `request.underWay`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.keyReused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Watermarks_describe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is known: if it is still the same, the answer is 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 1003 */
                definition: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe a watermark */
            200: {
                headers: {
                    ETag: components["headers"]["EntityTag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watermark"];
                };
            };
            304: components["responses"]["NotModified"];
            /** @description Refused: `template.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Watermarks_replace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that it was read with: if it is another one by now, nothing is changed. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 1003 */
                definition: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "logo",
                 *       "origin": "topLeft",
                 *       "width": "64px",
                 *       "transparencyPercent": 40
                 *     }
                 */
                "application/json": components["schemas"]["WatermarkBody"];
            };
        };
        responses: {
            /** @description Replace a watermark; without an image it keeps the one that it has */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptWatermark"];
                };
            };
            /** @description Refused: `template.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.outdated`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Watermarks_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that it was read with: if it is another one by now, nothing is changed. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 1003 */
                definition: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a watermark */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `template.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.outdated`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    TemplatesCatalogue_listSnapshots: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
                /** @example preset */
                type?: "preset" | "custom";
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List templates for pictures at given times */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotTemplatePage"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Templates_createSnapshot: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller: the same request with the same key is done once within 24 hours, and answered the same. */
                "Idempotency-Key"?: components["parameters"]["Once"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "posters",
                 *       "settings": {
                 *         "widthPx": 1280,
                 *         "format": "webp",
                 *         "quality": 80
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SnapshotTemplateBody"];
            };
        };
        responses: {
            /** @description Make a template for pictures at given times */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Definition"];
                };
            };
            /** @description Refused: `template.limitReached`, `request.underWay`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.keyReused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    TemplatesCatalogue_listSamples: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
                /** @example preset */
                type?: "preset" | "custom";
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List templates for pictures at an interval */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleTemplatePage"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Templates_createSample: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller: the same request with the same key is done once within 24 hours, and answered the same. */
                "Idempotency-Key"?: components["parameters"]["Once"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "every-ten",
                 *       "retainResultsDays": 30,
                 *       "settings": {
                 *         "widthPx": 320,
                 *         "sampling": {
                 *           "by": "time",
                 *           "intervalMs": 10000
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SampleTemplateBody"];
            };
        };
        responses: {
            /** @description Make a template for pictures at an interval */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Definition"];
                };
            };
            /** @description Refused: `template.limitReached`, `request.underWay`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.keyReused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    TemplatesCatalogue_listSprites: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
                /** @example preset */
                type?: "preset" | "custom";
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List templates for sprite sheets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpriteTemplatePage"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Templates_createSprite: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller: the same request with the same key is done once within 24 hours, and answered the same. */
                "Idempotency-Key"?: components["parameters"]["Once"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "seek-bar",
                 *       "settings": {
                 *         "widthPx": 160,
                 *         "heightPx": 90,
                 *         "sampling": {
                 *           "by": "percent",
                 *           "intervalPercent": 1
                 *         },
                 *         "rows": 10,
                 *         "columns": 10
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SpriteTemplateBody"];
            };
        };
        responses: {
            /** @description Make a template for sprite sheets */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Definition"];
                };
            };
            /** @description Refused: `template.limitReached`, `request.underWay`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.keyReused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    TemplatesCatalogue_describeSnapshot: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is known: if it is still the same, the answer is 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 1000 */
                definition: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe a template for pictures at given times */
            200: {
                headers: {
                    ETag: components["headers"]["EntityTag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotTemplate"];
                };
            };
            304: components["responses"]["NotModified"];
            /** @description Refused: `template.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Templates_replaceSnapshot: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that it was read with: if it is another one by now, nothing is changed. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 1000 */
                definition: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "posters",
                 *       "settings": {
                 *         "widthPx": 1280,
                 *         "format": "webp",
                 *         "quality": 80
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SnapshotTemplateBody"];
            };
        };
        responses: {
            /** @description Replace a template for pictures at given times */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Definition"];
                };
            };
            /** @description Refused: `template.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `template.isPreset`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.outdated`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    TemplatesCatalogue_describeSample: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is known: if it is still the same, the answer is 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 1001 */
                definition: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe a template for pictures at an interval */
            200: {
                headers: {
                    ETag: components["headers"]["EntityTag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleTemplate"];
                };
            };
            304: components["responses"]["NotModified"];
            /** @description Refused: `template.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Templates_replaceSample: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that it was read with: if it is another one by now, nothing is changed. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 1001 */
                definition: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "every-ten",
                 *       "retainResultsDays": 30,
                 *       "settings": {
                 *         "widthPx": 320,
                 *         "sampling": {
                 *           "by": "time",
                 *           "intervalMs": 10000
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SampleTemplateBody"];
            };
        };
        responses: {
            /** @description Replace a template for pictures at an interval */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Definition"];
                };
            };
            /** @description Refused: `template.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `template.isPreset`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.outdated`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    TemplatesCatalogue_describeSprite: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is known: if it is still the same, the answer is 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 1002 */
                definition: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe a template for sprite sheets */
            200: {
                headers: {
                    ETag: components["headers"]["EntityTag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpriteTemplate"];
                };
            };
            304: components["responses"]["NotModified"];
            /** @description Refused: `template.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Templates_replaceSprite: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that it was read with: if it is another one by now, nothing is changed. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 1002 */
                definition: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "seek-bar",
                 *       "settings": {
                 *         "widthPx": 160,
                 *         "heightPx": 90,
                 *         "sampling": {
                 *           "by": "percent",
                 *           "intervalPercent": 1
                 *         },
                 *         "rows": 10,
                 *         "columns": 10
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SpriteTemplateBody"];
            };
        };
        responses: {
            /** @description Replace a template for sprite sheets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Definition"];
                };
            };
            /** @description Refused: `template.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `template.isPreset`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.outdated`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Templates_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that it was read with: if it is another one by now, nothing is changed. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example image-sprite */
                kind: "snapshot-by-time-offset" | "sample-snapshot" | "image-sprite";
                /** @example 1002 */
                definition: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a template for pictures of any kind */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `template.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `template.isPreset`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.outdated`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Procedures_list: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
                /** @example custom */
                type?: "preset" | "custom";
                /** @example previews */
                name?: string;
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List procedures, presets among them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedurePage"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Procedures_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "seek-bar",
                 *       "comment": "For the player.",
                 *       "tasks": [
                 *         {
                 *           "kind": "snapshotByTimeOffset",
                 *           "definition": 10,
                 *           "offsets": [
                 *             "3.5s",
                 *             "50%"
                 *           ]
                 *         },
                 *         {
                 *           "kind": "imageSprites",
                 *           "definition": 10
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateProcedureBody"];
            };
        };
        responses: {
            /** @description Store a named list of tasks */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureName"];
                };
            };
            /** @description Refused: `procedure.alreadyExists`, `procedure.limitReached`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `template.notFound`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Procedures_describe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is known: if it is still the same, the answer is 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example previews */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe a procedure */
            200: {
                headers: {
                    ETag: components["headers"]["EntityTag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Procedure"];
                };
            };
            304: components["responses"]["NotModified"];
            /** @description Refused: `procedure.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Procedures_reset: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that it was read with: if it is another one by now, nothing is changed. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example previews */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tasks": [
                 *         {
                 *           "kind": "snapshotByTimeOffset",
                 *           "definition": 10,
                 *           "offsets": [
                 *             "3.5s",
                 *             "50%"
                 *           ]
                 *         },
                 *         {
                 *           "kind": "imageSprites",
                 *           "definition": 10
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ResetProcedureBody"];
            };
        };
        responses: {
            /** @description Replace the tasks of a procedure */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureName"];
                };
            };
            /** @description Refused: `procedure.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `procedure.isPreset`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.outdated`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `template.notFound`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Procedures_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that it was read with: if it is another one by now, nothing is changed. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example previews */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a procedure */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `procedure.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `procedure.isPreset`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.outdated`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Queues_list: {
        parameters: {
            query?: {
                offset?: number;
                /** @example 10 */
                limit?: number;
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List named queues, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuePage"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Queues_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "imports",
                 *       "comment": "What partners send.",
                 *       "limit": 4,
                 *       "priority": -5
                 *     }
                 */
                "application/json": components["schemas"]["CreateQueueBody"];
            };
        };
        responses: {
            /** @description Make a named queue */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description Refused: `queue.alreadyExists`, `queue.limitReached`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Queues_describe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example nightly */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe a named queue */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description Refused: `queue.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Queues_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example nightly */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a named queue in which every run has ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `queue.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `queue.inUse`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Queues_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example nightly */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "limit": 8,
                 *       "paused": false
                 *     }
                 */
                "application/json": components["schemas"]["ChangeQueueBody"];
            };
        };
        responses: {
            /** @description Change, pause or resume a named queue */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description Refused: `queue.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Runs_list: {
        parameters: {
            query?: {
                /** @example 7529766398878917855 */
                mediaId?: string;
                /** @example waiting */
                state?: "waiting" | "processing" | "finished" | "aborted";
                outcome?: "succeeded" | "failed";
                createdAfter?: string;
                createdBefore?: string;
                order?: "ascending" | "descending";
                page?: string;
                /** @example 10 */
                limit?: number;
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List runs, the latest first unless asked otherwise */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            /** @description Refused: `media.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Runs_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller: the same request with the same key is done once within 24 hours, and answered the same. */
                "Idempotency-Key"?: components["parameters"]["Once"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mediaId": "7529766398878917855",
                 *       "tasks": [
                 *         {
                 *           "kind": "snapshotByTimeOffset",
                 *           "definition": 10,
                 *           "offsets": [
                 *             "3.5s",
                 *             "50%",
                 *             12000
                 *           ]
                 *         },
                 *         {
                 *           "kind": "coverBySnapshot",
                 *           "settings": {
                 *             "widthPx": 640,
                 *             "format": "webp"
                 *           },
                 *           "position": "10%"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateRunBody"];
            };
        };
        responses: {
            /** @description Make pictures of a media, by tasks or by a stored procedure */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedRun"];
                };
            };
            /** @description Refused: `media.notFound`, `queue.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `session.duplicate`, `request.underWay`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `template.notFound`, `procedure.notFound`, `url.refused`, `request.keyReused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `subApp.busy`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Runs_describe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 01a1fc6a957e86ed89151d95a3cc4e15 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tell how far a run is, and what its tasks brought */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Refused: `run.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Runs_abort: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 01a1fc6a957e86ed89151d95a3cc4e15 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Abort a run: what has not begun never does */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunId"];
                };
            };
            /** @description Refused: `run.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    RunEvents_follow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Where an earlier stream ended. */
                "Last-Event-ID"?: string;
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 01a1fc6a41d98b7e5c30f2a6817d94eb */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Follow a run as it goes on, over Server-Sent Events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["RunEvents"];
                };
            };
            /** @description Refused: `run.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Tasks_list: {
        parameters: {
            query?: {
                runId?: string;
                /** @example 7529766398878917855 */
                mediaId?: string;
                kind?: "snapshotByTimeOffset" | "sampleSnapshot" | "imageSprites" | "coverBySnapshot";
                /** @example failed */
                state?: "waiting" | "processing" | "succeeded" | "failed";
                createdAfter?: string;
                createdBefore?: string;
                order?: "ascending" | "descending";
                page?: string;
                /** @example 10 */
                limit?: number;
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List tasks of runs, the latest first unless asked otherwise */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                };
            };
            /** @description Refused: `run.notFound`, `media.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Tasks_describe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 01a1fc6a957f06c2f8e4b7a91d3350be */
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tell how far a task is, and what it brought */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Refused: `task.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Tasks_abort: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 01a1fc6a957f06c2f8e4b7a91d3350be */
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Abort a task; the others of its run go on */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskId"];
                };
            };
            /** @description Refused: `task.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Tasks_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller: the same request with the same key is done once within 24 hours, and answered the same. */
                "Idempotency-Key"?: components["parameters"]["Once"];
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 01a1fc6a41da52f7093eb6c8d41e7a90 */
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Make a failed task again, in a new run and with the settings of then */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedTask"];
                };
            };
            /** @description Refused: `task.notFound`, `media.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `task.notFailed`, `request.underWay`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `request.keyReused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `subApp.busy`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Events_pull: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "limit": 16,
                 *       "waitSeconds": 0
                 *     }
                 */
                "application/json": components["schemas"]["PullEventsBody"];
            };
        };
        responses: {
            /** @description Take events; those that are not confirmed within 30 seconds come again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PulledEvents"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Events_confirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "handles": [
                 *         "1482039571620395817"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmEventsBody"];
            };
        };
        responses: {
            /** @description Confirm events that were taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `events.unknownHandle`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    EventConfig_describe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tell how events come */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventConfig"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    EventConfig_replace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mode": "push",
                 *       "url": "https://example.com/stillflow-events",
                 *       "tellsDeletions": true
                 *     }
                 */
                "application/json": components["schemas"]["EventConfigBody"];
            };
        };
        responses: {
            /** @description Say how events come, and enable an endpoint that was disabled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventConfig"];
                };
            };
            /** @description Refused: `url.refused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Webhooks_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List webhooks, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Webhooks_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/audit",
                 *       "types": [
                 *         "mediaDeleted"
                 *       ],
                 *       "comment": "For the records."
                 *     }
                 */
                "application/json": components["schemas"]["CreateWebhookBody"];
            };
        };
        responses: {
            /** @description Have events pushed to one more place; the answer has the secret that they are signed with */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            /** @description Refused: `webhook.alreadyExists`, `webhook.limitReached`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Webhooks_describe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 01a1fc6aa3d4e15f08b27c96f1e04d83 */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe a webhook, and how it answers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Refused: `webhook.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Webhooks_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 01a1fc6aa3d4e15f08b27c96f1e04d83 */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a webhook, and what waits for it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `webhook.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Webhooks_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 01a1fc6aa3d4e15f08b27c96f1e04d83 */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "types": [
                 *         "mediaDeleted",
                 *         "mediaUploaded"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChangeWebhookBody"];
            };
        };
        responses: {
            /** @description Change a webhook, and enable one that was disabled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Refused: `webhook.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `webhook.alreadyExists`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Deliveries_list: {
        parameters: {
            query?: {
                /** @example dead */
                state?: "pending" | "sending" | "delivered" | "dead";
                before?: string;
                /** @example 10 */
                limit?: number;
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List events that are or were pushed, the latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Deliveries_again: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 01a1fc6a9c0f2d71b58c04e6f7a3921d */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Push an event again */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryId"];
                };
            };
            /** @description Refused: `delivery.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    SubApps_list: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
                /** @example shop */
                name?: string;
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List sub-applications */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubAppPage"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    SubApps_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "staging",
                 *       "description": "Where things are tried."
                 *     }
                 */
                "application/json": components["schemas"]["CreateSubAppBody"];
            };
        };
        responses: {
            /** @description Make a sub-application */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubApp"];
                };
            };
            /** @description Refused: `auth.forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `subApp.limitReached`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    SubApps_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 1 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "state": "off"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeSubAppBody"];
            };
        };
        responses: {
            /** @description Rename a sub-application, or switch it off or on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubApp"];
                };
            };
            /** @description Refused: `auth.forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `subApp.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    AccessKeys_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List access keys, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    AccessKeys_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "scopes": [
                 *         "read",
                 *         "process"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateAccessKeyBody"];
            };
        };
        responses: {
            /** @description Make an access key */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKey"];
                };
            };
            /** @description Refused: `auth.forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    AccessKeys_revoke: {
        parameters: {
            query?: never;
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example AKID5f0c9e7d3b1a8642c0e9d7f5b3a18264 */
                secretId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke an access key */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `accessKey.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `accessKey.last`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Uploads_parts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example kq7V0yB5mZ3nR8sT1uWxEA */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tell which parts of an upload are there */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadParts"];
                };
            };
            /** @description Refused: `upload.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Uploads_receive: {
        parameters: {
            query?: {
                /** @example 1 */
                part?: number;
            };
            header?: never;
            path: {
                /** @example kq7V0yB5mZ3nR8sT1uWxEA */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example the bytes of a video */
                "application/octet-stream": components["schemas"]["Bytes"];
            };
        };
        responses: {
            /** @description Bring the bytes of an announced upload, whole or one part */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `upload.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `storage.full`. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    Uploads_receiveCover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example kq7V0yB5mZ3nR8sT1uWxEA */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example the bytes of a picture */
                "application/octet-stream": components["schemas"]["Bytes"];
            };
        };
        responses: {
            /** @description Bring the bytes of an announced cover */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `upload.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `storage.full`. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    ResumableUploads_begin: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version of the protocol.
                 * @example 1.0.0
                 */
                "Tus-Resumable": string;
                /**
                 * @description How many bytes there will be; or `Upload-Defer-Length: 1`.
                 * @example 23
                 */
                "Upload-Length": string;
                /**
                 * @description Names and values in base64: `filename`, and the fields of a form of `POST /v1/media` but for `sessionId`.
                 * @example filename dHJhaWxlci5tcDQ=,procedure cHJldmlld3M=
                 */
                "Upload-Metadata": string;
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin an upload that can be resumed (tus) */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `queue.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `procedure.notFound`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `storage.full`. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    ResumableUploads_giveUp: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version of the protocol.
                 * @example 1.0.0
                 */
                "Tus-Resumable": string;
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 3f0c9e7d3b1a8642c0e9d7f5b3a1826451c6e0aa */
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give an upload up, with what has come of it (tus) */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `upload.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `upload.busy`. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    ResumableUploads_offset: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version of the protocol.
                 * @example 1.0.0
                 */
                "Tus-Resumable": string;
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 3f0c9e7d3b1a8642c0e9d7f5b3a1826451c6e0aa */
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tell how much of an upload has come (tus) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `upload.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `upload.busy`. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    ResumableUploads_append: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version of the protocol.
                 * @example 1.0.0
                 */
                "Tus-Resumable": string;
                /**
                 * @description How much has come: where these bytes go.
                 * @example 0
                 */
                "Upload-Offset": string;
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path: {
                /** @example 3f0c9e7d3b1a8642c0e9d7f5b3a1826451c6e0aa */
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example the bytes of a video */
                "application/offset+octet-stream": components["schemas"]["Bytes"];
            };
        };
        responses: {
            /** @description Bring the next bytes of an upload (tus) */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `upload.notFound`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `upload.wrongOffset`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `upload.busy`. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `storage.full`. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    TusdHook_hear: {
        parameters: {
            query: {
                /** @example https://uploads.example.com/files/ */
                from: string;
                /** @example previews */
                procedure?: string;
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "Type": "post-finish",
                 *       "Event": {
                 *         "Upload": {
                 *           "ID": "14b1c4c77771671a8479bc0444bbc5ce",
                 *           "MetaData": {
                 *             "filename": "trailer.mp4"
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TusdHook"];
            };
        };
        responses: {
            /** @description Hear of tusd that an upload has come */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakenUpload"];
                };
            };
            /** @description Refused: `procedure.notFound`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
    BucketHook_hear: {
        parameters: {
            query: {
                /**
                 * @description Procedures by key, `<procedure>:<prefix>*<suffix>`: the first that fits. Without a procedure none runs.
                 * @example [
                 *       "previews:films/*.mp4"
                 *     ]
                 */
                rule: string[];
            };
            header?: {
                /** @description The sub-application to act in, for keys of the main one. */
                "Stillflow-Sub-App"?: components["parameters"]["SubApp"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "Records": [
                 *         {
                 *           "eventName": "s3:ObjectCreated:Put",
                 *           "s3": {
                 *             "bucket": {
                 *               "name": "videos"
                 *             },
                 *             "object": {
                 *               "key": "films/trailer.mp4",
                 *               "eTag": "1d97bf45ecb37f7a7b699418070df08f",
                 *               "sequencer": "147CE57C70B31931"
                 *             }
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["BucketNotice"];
            };
        };
        responses: {
            /** @description Hear of a bucket that objects have come or gone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowedBucket"];
                };
            };
            /** @description Refused: `auth.forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `procedure.notFound`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `storage.failed`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
        };
    };
}
