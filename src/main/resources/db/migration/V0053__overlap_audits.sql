create index work_events_audits on work_events (workspace_id, at desc) where kind = 'audited';

-- The nightly audit looks over every workspace at once, so it asks the owner which of them have not had theirs: it is past
-- two in the morning where the workspace is, it has open work, and no nightly audit has run since. It may only look: each
-- audit then runs inside its own workspace, in the name of its first admin, or of its first member where there is none.
create policy overlap_footprints_auditing on overlap_footprints for select to current_user using (true);

create function workspaces_due_for_audit(most integer)
    returns table (tenant_id uuid, workspace_id uuid, developer_id uuid, handle text, role text)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select w.tenant_id, w.id, d.id, d.handle, d.role
      from workspaces w
     cross join lateral (
           select (date_trunc('day', now() at time zone w.time_zone) + interval '2 hours') at time zone w.time_zone as at) night
     cross join lateral (
           select d.id, d.handle, d.role
             from workspace_members m
             join developers d on d.id = m.developer_id and d.removed_at is null
            where m.workspace_id = w.id
            order by d.role <> 'admin', d.id
            limit 1) d
     where w.archived_at is null and w.created_at < night.at and now() >= night.at
       and exists (select from overlap_footprints f where f.workspace_id = w.id and f.closed_at is null)
       and not exists (select from work_events e
                        where e.workspace_id = w.id and e.kind = 'audited' and e.at >= night.at
                          and e.payload ->> 'nightly' = 'true')
     order by w.id
     limit most;
end;
