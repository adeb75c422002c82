create table invitations (
    id uuid primary key,
    tenant_id uuid not null,
    developer_id uuid not null,
    workos_invitation_id text,
    invited_by uuid,
    invited_at timestamptz not null default now(),
    accepted_at timestamptz,
    ended_at timestamptz,
    constraint invitations_one_for_each unique (developer_id),
    foreign key (tenant_id, developer_id) references developers (tenant_id, id)
);
comment on table invitations is
    'Who was invited by email and has not come yet (IDN-5). The developer exists already, so that work can be planned for them; a right to come in it is only at WorkOS. A removed person who is invited again has the same row.';

alter table invitations enable row level security;
alter table invitations force row level security;
create policy invitations_tenant on invitations using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create index invitations_by_tenant on invitations (tenant_id) where accepted_at is null and ended_at is null;

create index developers_by_page on developers (tenant_id, created_at, id) where removed_at is null;

-- Sessions of a removed person end; of one who left a workspace they move on to another one, where there is one.
create function close_person_sessions_of(developer uuid) returns void
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    delete from person_sessions where developer_id = developer and tenant_id = current_tenant();
end;

create function move_person_sessions(developer uuid, left_workspace uuid) returns void
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    update person_sessions s
       set workspace_id = (select m.workspace_id
                             from workspace_members m
                             join workspaces w on w.id = m.workspace_id and w.archived_at is null
                            where m.developer_id = developer and m.workspace_id <> left_workspace
                            order by w.name, w.id
                            limit 1)
     where s.developer_id = developer and s.tenant_id = current_tenant() and s.workspace_id = left_workspace;
end;
