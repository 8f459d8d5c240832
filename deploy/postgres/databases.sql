-- One database for each service, with four roles of its own: the owner migrates, the application
-- works, the relay reads the log of changes, and the reader is for people and their tools. What the
-- application may do with which table, the migrations say (it can add events, and never change one).
--
-- DatabasesTest holds this against what the embedded PostgreSQL is given. Passwords come after it.

create role order_owner login;
create role order_app login;
create role order_relay login replication;
create role order_reader login in role pg_read_all_data;
create database order_service owner order_owner;
revoke connect on database order_service from public;
grant connect on database order_service to order_owner, order_app, order_relay, order_reader;

create role seller_owner login;
create role seller_app login;
create role seller_relay login replication;
create role seller_reader login in role pg_read_all_data;
create database seller_service owner seller_owner;
revoke connect on database seller_service from public;
grant connect on database seller_service to seller_owner, seller_app, seller_relay, seller_reader;

create role refund_owner login;
create role refund_app login;
create role refund_relay login replication;
create role refund_reader login in role pg_read_all_data;
create database refund_service owner refund_owner;
revoke connect on database refund_service from public;
grant connect on database refund_service to refund_owner, refund_app, refund_relay, refund_reader;

create role dispute_owner login;
create role dispute_app login;
create role dispute_relay login replication;
create role dispute_reader login in role pg_read_all_data;
create database dispute_service owner dispute_owner;
revoke connect on database dispute_service from public;
grant connect on database dispute_service to dispute_owner, dispute_app, dispute_relay, dispute_reader;
