using System;
using Gengdu.Audit;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    public partial class AppendOnlyAudit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_checkpoints",
                schema: "analytics",
                columns: table => new
                {
                    size = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    line = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_checkpoints", x => x.size);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                schema: "analytics",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    client_id = table.Column<string>(type: "text", nullable: true),
                    session = table.Column<string>(type: "text", nullable: true),
                    act = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    outcome = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    object_kind = table.Column<string>(type: "text", nullable: false),
                    object_id = table.Column<string>(type: "text", nullable: true),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    organisation_path = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    rows = table.Column<int>(type: "integer", nullable: true),
                    filter = table.Column<string>(type: "text", nullable: true),
                    details = table.Column<string>(type: "text", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: true),
                    personal_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    prev_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "audit_pending",
                schema: "analytics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_pending", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_personal",
                schema: "analytics",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    salt = table.Column<byte[]>(type: "bytea", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_personal", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "audit_witnessed",
                schema: "analytics",
                columns: table => new
                {
                    stream = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    root = table.Column<string>(type: "text", nullable: false),
                    line = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_witnessed", x => new { x.stream, x.size, x.root });
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_actor_id_seq",
                schema: "analytics",
                table: "audit_entries",
                columns: new[] { "actor_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_at",
                schema: "analytics",
                table: "audit_entries",
                column: "at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_object_id_seq",
                schema: "analytics",
                table: "audit_entries",
                columns: new[] { "object_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_organisation_path_seq",
                schema: "analytics",
                table: "audit_entries",
                columns: new[] { "organisation_path", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_personal_person_id",
                schema: "analytics",
                table: "audit_personal",
                column: "person_id");

            migrationBuilder.AddAuditGuards();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RemoveAuditGuards();

            migrationBuilder.DropTable(
                name: "audit_checkpoints",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "audit_entries",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "audit_pending",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "audit_personal",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "audit_witnessed",
                schema: "analytics");
        }
    }
}
