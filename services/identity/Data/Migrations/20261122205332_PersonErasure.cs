using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class PersonErasure : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                schema: "identity",
                table: "people",
                type: "timestamp with time zone",
                nullable: true);

            // What the audit keeps of a person beside its chain goes with the person, by the owner's rights: for erased people only.
            migrationBuilder.Sql("""
                create function identity.erase_audit_of(person uuid) returns bigint language plpgsql security definer set search_path = identity, pg_temp as $$
                begin
                  if not exists (select from identity.people where id = person and erased_at is not null) then
                    raise exception 'person % is not erased', person using errcode = 'restrict_violation';
                  end if;
                  return audit_erase_personal(person);
                end $$;
                revoke all on function identity.erase_audit_of(uuid) from public;
                do $$ begin if exists (select from pg_roles where rolname = 'identity') then grant execute on function identity.erase_audit_of(uuid) to identity; end if; end $$;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop function if exists identity.erase_audit_of(uuid)");
            migrationBuilder.DropColumn(
                name: "erased_at",
                schema: "identity",
                table: "people");
        }
    }
}
