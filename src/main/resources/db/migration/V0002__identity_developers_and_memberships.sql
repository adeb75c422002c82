create table developers (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    email text not null constraint developers_email_form check (email = lower(email) and length(email) between 3 and 254 and position('@' in email) > 1),
    name text not null constraint developers_name_length check (length(name) between 1 and 120),
    handle text not null constraint developers_handle_form check (handle ~ '^[a-z0-9][a-z0-9-]{0,38}$'),
    role text not null constraint developers_role check (role in ('member', 'admin')),
    created_at timestamptz not null default now(),
    removed_at timestamptz,
    constraint developers_email_unique unique (tenant_id, email),
    constraint developers_handle_unique unique (tenant_id, handle),
    constraint developers_tenant_key unique (tenant_id, id)
);
create index developers_by_email on developers (email);
comment on table developers is 'A person''s identity in one tenant. The email never changes; a removed developer keeps the row, so history keeps its names.';

create table workspace_members (
    tenant_id uuid not null,
    workspace_id uuid not null,
    developer_id uuid not null,
    joined_at timestamptz not null default now(),
    primary key (workspace_id, developer_id),
    foreign key (tenant_id, workspace_id) references workspaces (tenant_id, id),
    foreign key (tenant_id, developer_id) references developers (tenant_id, id)
);
create index workspace_members_by_developer on workspace_members (developer_id);
comment on table workspace_members is 'Who may read and write in a workspace (IDN-6).';

create table person_sessions (
    id uuid primary key,
    hash bytea not null unique,
    email text not null,
    tenant_id uuid,
    developer_id uuid,
    workspace_id uuid references workspaces (id),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    foreign key (tenant_id, developer_id) references developers (tenant_id, id)
);
create index person_sessions_by_developer on person_sessions (developer_id);
comment on table person_sessions is 'Signed-in browsers. Read before a tenant is known, so only through functions; the cookie is kept as a keyed hash.';

create table mcp_tokens (
    id uuid primary key,
    tenant_id uuid not null,
    workspace_id uuid not null,
    developer_id uuid not null,
    name text not null constraint mcp_tokens_name_length check (length(name) between 1 and 120),
    agent_type text constraint mcp_tokens_agent_type check (agent_type in ('claude-code', 'codex', 'cursor', 'gemini-cli', 'other')),
    hash bytea not null unique,
    hint text not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    foreign key (tenant_id, workspace_id) references workspaces (tenant_id, id),
    foreign key (tenant_id, developer_id) references developers (tenant_id, id)
);
create index mcp_tokens_by_developer on mcp_tokens (developer_id);
comment on table mcp_tokens is 'Bearer tokens of agents (IDN-7). Only a keyed hash and the last four characters are kept.';

create table audit_entries (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    at timestamptz not null default now(),
    actor_id uuid,
    action text not null,
    subject text not null,
    address text
);
create index audit_entries_by_time on audit_entries (tenant_id, at desc);
comment on table audit_entries is 'Who did what to access: sign-ins, tokens, memberships (IDN-10). Append-only.';

alter table developers enable row level security;
alter table developers force row level security;
create policy developers_tenant on developers using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy developers_lookup on developers to current_user using (true) with check (true);

alter table workspace_members enable row level security;
alter table workspace_members force row level security;
create policy workspace_members_tenant on workspace_members using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy workspace_members_lookup on workspace_members to current_user using (true) with check (true);

alter table person_sessions enable row level security;
alter table person_sessions force row level security;
create policy person_sessions_lookup on person_sessions to current_user using (true) with check (true);

alter table mcp_tokens enable row level security;
alter table mcp_tokens force row level security;
create policy mcp_tokens_tenant on mcp_tokens using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy mcp_tokens_lookup on mcp_tokens to current_user using (true) with check (true);

alter table audit_entries enable row level security;
alter table audit_entries force row level security;
create policy audit_entries_read on audit_entries for select using (tenant_id = current_tenant());
create policy audit_entries_append on audit_entries for insert with check (tenant_id = current_tenant());
create policy audit_entries_lookup on audit_entries for insert to current_user with check (true);
