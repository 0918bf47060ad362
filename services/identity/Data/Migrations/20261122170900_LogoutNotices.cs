using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class LogoutNotices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "logout_notices",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_logout_notices", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_ended_at",
                schema: "identity",
                table: "sessions",
                column: "ended_at",
                filter: "ended_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_authorization_codes_family_id",
                schema: "identity",
                table: "authorization_codes",
                column: "family_id");

            migrationBuilder.CreateIndex(
                name: "ix_authorization_codes_session_id",
                schema: "identity",
                table: "authorization_codes",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_logout_notices_next_attempt_at",
                schema: "identity",
                table: "logout_notices",
                column: "next_attempt_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "logout_notices",
                schema: "identity");

            migrationBuilder.DropIndex(
                name: "ix_sessions_ended_at",
                schema: "identity",
                table: "sessions");

            migrationBuilder.DropIndex(
                name: "ix_authorization_codes_family_id",
                schema: "identity",
                table: "authorization_codes");

            migrationBuilder.DropIndex(
                name: "ix_authorization_codes_session_id",
                schema: "identity",
                table: "authorization_codes");
        }
    }
}
