create table share_links (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    token_hash bytea not null unique,
    kind text not null constraint share_links_kind check (kind in ('week', 'workstream', 'developer', 'performance')),
    title text not null constraint share_links_title_length check (length(title) between 1 and 300),
    content jsonb not null,
    created_by uuid not null references developers (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    views bigint not null default 0,
    viewed_at timestamptz
);
create index share_links_latest on share_links (workspace_id, created_at desc, id desc);
comment on table share_links is 'Frozen public snapshots (SIT-3). content is all that a link ever shows: it was written when the link was made and follows nothing. The token itself is not kept.';
alter table share_links enable row level security;
alter table share_links force row level security;
create policy share_links_workspace on share_links
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
create policy share_links_opening on share_links to current_user using (true) with check (true);

-- Whoever holds a link is in no workspace. One statement finds it and counts the view; revoked and expired ones are not found.
create function open_share_link(hash bytea) returns table (title text, content jsonb, expires_at timestamptz)
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    update share_links s
       set views = s.views + 1, viewed_at = now()
     where s.token_hash = hash and s.revoked_at is null and s.expires_at > now()
    returning s.title, s.content, s.expires_at;
end;
