create table idempotency_keys (
    workspace_id uuid not null references workspaces (id),
    developer_id uuid not null,
    key text not null constraint idempotency_keys_length check (length(key) between 1 and 200),
    operation text not null,
    request_hash bytea not null,
    answer jsonb,
    created_at timestamptz not null default now(),
    primary key (workspace_id, developer_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
comment on table idempotency_keys is 'First answers of mutating calls, kept 24 h so that a retry replays them (PLT-7). Written in the transaction of the call itself.';

alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy idempotency_keys_workspace on idempotency_keys
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
create policy idempotency_keys_cleaning on idempotency_keys for select to current_user using (true);
create policy idempotency_keys_removal on idempotency_keys for delete to current_user using (true);

create function forget_idempotency_keys(older_than interval) returns bigint
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    with gone as (delete from idempotency_keys where created_at < now() - older_than returning 1)
    select count(*) from gone;
end;
