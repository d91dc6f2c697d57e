create table conversations (
     id text primary key,
     version integer not null,
     sequence integer not null,
     state text,
     channel text not null,
     address text not null,
     at integer not null,
     claimed integer not null
   ) without rowid;
   create table messages (
     conversation text not null,
     sequence integer not null,
     sender text not null,
     activity text,
     body text not null,
     pending integer not null,
     at integer not null,
     primary key (conversation, sequence)
   ) without rowid;
   create index messages_by_activity on messages (conversation, activity) where activity is not null;
   create index messages_pending on messages (at) where pending = 1;
   create table timers (
     conversation text not null,
     id text not null,
     at integer not null,
     claimed integer not null,
     primary key (conversation, id)
   ) without rowid;
   create index timers_by_time on timers (at);
   create table chats (
     id text primary key,
     user text not null,
     resume text not null unique,
     at integer not null
   ) without rowid;
   create table audit (
     at integer not null,
     content_version text not null,
     disposition text not null,
     row text not null,
     flags text not null
   );
   create index audit_by_time on audit (at);
