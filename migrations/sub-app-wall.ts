/** Whom callers' statements run as; it owns nothing, may not log in, and no policy lets it see more than is bound. */
const role = 'stillflow_tenant'

/** Null, which equals nothing, where no sub-application is bound. */
const bound = `nullif(current_setting('stillflow.sub_app', true), '')::integer`

/** Which rows of a table belong to the bound sub-application. */
const ownRows = `sub_app_id = ${bound}`

export interface Wall {
  readonly table: string
  /** What statements of callers may do there. */
  readonly rights: string
  /** The rows that they see; by default those of the bound sub-application. */
  readonly own?: string
  /** What rows that they write have to be beside being their own. */
  readonly check?: string
}

/** Every table with a `sub_app_id` has a wall; a migration that makes such a table builds it. */
export function buildWall({ table, rights, own = ownRows, check = 'true' }: Wall): readonly string[] {
  return [
    `alter table ${table} enable row level security, force row level security`,
    `create policy tenant on ${table} to ${role} using (${own}) with check (${own} and ${check})`,
    // Whoever owns the tables, and who is granted that role, serves all sub-applications.
    `create policy house on ${table} to current_user using (true) with check (true)`,
    `grant ${rights} on ${table} to ${role}`,
  ]
}

export function takeWallDown({ table }: Wall): readonly string[] {
  return [
    `revoke all on ${table} from ${role}`,
    `drop policy house on ${table}`,
    `drop policy tenant on ${table}`,
    `alter table ${table} no force row level security, disable row level security`,
  ]
}

/** Roles are the server's, not the database's: several databases may be at this, and the role stays when one goes. */
export const makeTenantRole = `
do $$
begin
  if not exists (select from pg_roles where rolname = '${role}') then
    begin
      create role ${role} nologin;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  begin
    perform set_config('role', '${role}', true);
    perform set_config('role', 'none', true);
  exception when insufficient_privilege then
    grant ${role} to current_user;
  end;
  if not has_schema_privilege('${role}', current_schema(), 'usage') then
    execute format('grant usage on schema %I to ${role}', current_schema());
  end if;
exception when insufficient_privilege then
  raise exception 'An administrator of the database server has to run: create role ${role} nologin; grant ${role} to %; grant usage on schema % to ${role};',
    quote_ident(current_user), quote_ident(current_schema());
end $$`
