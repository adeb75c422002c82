create table messages (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    thread_id uuid not null,
    place integer not null constraint messages_place_range check (place >= 1),
    reply_to uuid,
    origin text not null constraint messages_origin check (origin in ('message', 'blocker', 'answer', 'decision', 'override')),
    developer_id uuid not null references developers (id),
    session_id uuid,
    agent text,
    subject text constraint messages_subject_length check (length(subject) between 1 and 200),
    body text not null constraint messages_body_length check (length(body) between 1 and 20000),
    priority text not null constraint messages_priority check (priority in ('normal', 'urgent')),
    sent_at timestamptz not null,
    constraint messages_workspace_key unique (workspace_id, id),
    constraint messages_place_unique unique (workspace_id, thread_id, place),
    constraint messages_first_opens_thread check ((thread_id = id) = (place = 1)),
    foreign key (workspace_id, thread_id) references messages (workspace_id, id),
    foreign key (workspace_id, reply_to) references messages (workspace_id, id),
    foreign key (workspace_id, session_id) references agent_sessions (workspace_id, id)
);
create index messages_by_time on messages (workspace_id, sent_at desc, id desc);
create index messages_urgent on messages (workspace_id, sent_at desc, id desc) where priority = 'urgent';
comment on table messages is 'What people and agents say to one another (CRD-2). Never changed; place orders a thread.';

create table message_addresses (
    workspace_id uuid not null references workspaces (id),
    message_id uuid not null,
    place integer not null,
    kind text not null constraint message_addresses_kind
        check (kind in ('developer', 'agent', 'session', 'task', 'workstream', 'workspace')),
    target_id uuid not null,
    label text not null constraint message_addresses_label_length check (length(label) between 1 and 200),
    primary key (workspace_id, message_id, place),
    foreign key (workspace_id, message_id) references messages (workspace_id, id)
);
create index message_addresses_by_target on message_addresses (workspace_id, target_id, message_id desc);
comment on table message_addresses is 'To whom a message was sent, as the sender said it; who that was then stands in message_deliveries.';

create table message_deliveries (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    message_id uuid not null,
    developer_id uuid not null references developers (id),
    agent text constraint message_deliveries_agent_length check (length(agent) between 1 and 120),
    session_id uuid,
    acknowledged_at timestamptz,
    acknowledged_by uuid references developers (id),
    acknowledged_session_id uuid,
    constraint message_deliveries_once unique nulls not distinct (workspace_id, message_id, developer_id, agent, session_id),
    constraint message_deliveries_one_inbox check (agent is null or session_id is null),
    constraint message_deliveries_acknowledgement_is_whole check ((acknowledged_at is null) = (acknowledged_by is null)),
    foreign key (workspace_id, message_id) references messages (workspace_id, id),
    foreign key (workspace_id, session_id) references agent_sessions (workspace_id, id)
);
create index message_deliveries_waiting on message_deliveries (workspace_id, developer_id, message_id desc) where acknowledged_at is null;
create index message_deliveries_by_developer on message_deliveries (workspace_id, developer_id, message_id desc);
comment on table message_deliveries is
    'A message in one inbox: a session''s, else an agent''s, else the developer''s own. Stays until it is acknowledged; the inbox of a session that ended is read with its owner''s.';

alter table messages enable row level security;
alter table messages force row level security;
create policy messages_workspace on messages
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
alter table message_addresses enable row level security;
alter table message_addresses force row level security;
create policy message_addresses_workspace on message_addresses
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
alter table message_deliveries enable row level security;
alter table message_deliveries force row level security;
create policy message_deliveries_workspace on message_deliveries
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
