using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class SignInsKeptSince : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "sign_ins_kept_since",
                schema: "identity",
                table: "people",
                type: "timestamp with time zone",
                nullable: true);

            // Accounts that were in use before sign-ins were kept have none written down. The audit knows the later ones; for all
            // others looking begins now, so that nobody is shut out for having been idle while nobody looked.
            migrationBuilder.Sql("""
                update identity.people p set last_sign_in_at = seen.at
                from (select actor_id, max(at) as at from identity.audit_entries where act = 'sign-in.begun' and outcome = 'done' group by actor_id) seen
                where seen.actor_id = p.id and p.last_sign_in_at is null;
                update identity.people set sign_ins_kept_since = case when password_hash is null then created_at else now() end;
                """);

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "sign_ins_kept_since",
                schema: "identity",
                table: "people",
                type: "timestamp with time zone",
                nullable: false,
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone",
                oldNullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "sign_ins_kept_since",
                schema: "identity",
                table: "people");
        }
    }
}
