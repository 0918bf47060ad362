using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    public partial class Exports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "exports",
                schema: "analytics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    format = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    cancel_asked = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    total = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    rows = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    size = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    hash = table.Column<string>(type: "text", nullable: true),
                    file_name = table.Column<string>(type: "text", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "export_parts",
                schema: "analytics",
                columns: table => new
                {
                    export_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_export_parts", x => new { x.export_id, x.number });
                    table.ForeignKey(
                        name: "fk_export_parts_exports_export_id",
                        column: x => x.export_id,
                        principalSchema: "analytics",
                        principalTable: "exports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_exports_expires_at",
                schema: "analytics",
                table: "exports",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_exports_open",
                schema: "analytics",
                table: "exports",
                column: "requested_at",
                filter: "state in ('waiting', 'running')");

            migrationBuilder.CreateIndex(
                name: "ix_exports_requested_by_requested_at",
                schema: "analytics",
                table: "exports",
                columns: new[] { "requested_by", "requested_at" });

            // Pieces of files that can be made again: half the writing, and gone after a fall of the database.
            migrationBuilder.Sql("alter table analytics.export_parts set unlogged");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "export_parts",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "exports",
                schema: "analytics");
        }
    }
}
