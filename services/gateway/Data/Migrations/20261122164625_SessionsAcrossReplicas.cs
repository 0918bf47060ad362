using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Gateway.Data.Migrations
{
    /// <inheritdoc />
    public partial class SessionsAcrossReplicas : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "area",
                schema: "gateway",
                table: "sessions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ended_at",
                schema: "gateway",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_seen_at",
                schema: "gateway",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "refreshing_until",
                schema: "gateway",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sign_in_id",
                schema: "gateway",
                table: "sessions",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "client_keys",
                schema: "gateway",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    sealed_private_key = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_client_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "obeyed_logouts",
                schema: "gateway",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "text", nullable: false),
                    sign_in_id = table.Column<string>(type: "text", nullable: true),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kept_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_obeyed_logouts", x => x.token_hash);
                });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_ended_at",
                schema: "gateway",
                table: "sessions",
                column: "ended_at",
                filter: "ended_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_person_id",
                schema: "gateway",
                table: "sessions",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_sign_in_id",
                schema: "gateway",
                table: "sessions",
                column: "sign_in_id");

            migrationBuilder.CreateIndex(
                name: "ix_obeyed_logouts_kept_until",
                schema: "gateway",
                table: "obeyed_logouts",
                column: "kept_until");

            migrationBuilder.CreateIndex(
                name: "ix_obeyed_logouts_sign_in_id",
                schema: "gateway",
                table: "obeyed_logouts",
                column: "sign_in_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "client_keys",
                schema: "gateway");

            migrationBuilder.DropTable(
                name: "obeyed_logouts",
                schema: "gateway");

            migrationBuilder.DropIndex(
                name: "ix_sessions_ended_at",
                schema: "gateway",
                table: "sessions");

            migrationBuilder.DropIndex(
                name: "ix_sessions_person_id",
                schema: "gateway",
                table: "sessions");

            migrationBuilder.DropIndex(
                name: "ix_sessions_sign_in_id",
                schema: "gateway",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "area",
                schema: "gateway",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "ended_at",
                schema: "gateway",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "last_seen_at",
                schema: "gateway",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "refreshing_until",
                schema: "gateway",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "sign_in_id",
                schema: "gateway",
                table: "sessions");
        }
    }
}
