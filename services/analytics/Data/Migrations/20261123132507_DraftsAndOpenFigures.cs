using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    public partial class DraftsAndOpenFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "checked_by",
                schema: "analytics",
                table: "publications",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "drafted_by",
                schema: "analytics",
                table: "publications",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "figures_hash",
                schema: "analytics",
                table: "publications",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "open_hash",
                schema: "analytics",
                table: "publications",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reason_en",
                schema: "analytics",
                table: "publications",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reason_zh",
                schema: "analytics",
                table: "publications",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "open_cells",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    indicator = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<decimal>(type: "numeric", nullable: true),
                    schools = table.Column<int>(type: "integer", nullable: true),
                    since = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_open_cells", x => new { x.cycle_id, x.number, x.path, x.indicator });
                });

            migrationBuilder.CreateTable(
                name: "open_editions",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    csv = table.Column<byte[]>(type: "bytea", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    names = table.Column<string>(type: "jsonb", nullable: false),
                    shown = table.Column<int>(type: "integer", nullable: false),
                    hidden = table.Column<int>(type: "integer", nullable: false),
                    held = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_open_editions", x => new { x.cycle_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "publication_drafts",
                schema: "analytics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    programme_version = table.Column<string>(type: "text", nullable: false),
                    formula_version = table.Column<string>(type: "text", nullable: false),
                    final = table.Column<bool>(type: "boolean", nullable: false),
                    due = table.Column<int>(type: "integer", nullable: false),
                    submitted = table.Column<int>(type: "integer", nullable: false),
                    accepted = table.Column<int>(type: "integer", nullable: false),
                    figures = table.Column<int>(type: "integer", nullable: false),
                    figures_hash = table.Column<string>(type: "text", nullable: false),
                    open_hash = table.Column<string>(type: "text", nullable: false),
                    reason_zh = table.Column<string>(type: "text", nullable: true),
                    reason_en = table.Column<string>(type: "text", nullable: true),
                    drafted_by = table.Column<Guid>(type: "uuid", nullable: false),
                    drafted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    checked_by = table.Column<Guid>(type: "uuid", nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    remark = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publication_drafts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "published_schools",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    node_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    indicators = table.Column<string[]>(type: "text[]", nullable: false),
                    prints = table.Column<long[]>(type: "bigint[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_published_schools", x => new { x.cycle_id, x.number, x.organisation_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_publication_drafts_cycle_id_drafted_at",
                schema: "analytics",
                table: "publication_drafts",
                columns: new[] { "cycle_id", "drafted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_drafts_pending",
                schema: "analytics",
                table: "publication_drafts",
                column: "cycle_id",
                unique: true,
                filter: "state in ('drafted', 'checked')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "open_cells",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "open_editions",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "publication_drafts",
                schema: "analytics");

            migrationBuilder.DropTable(
                name: "published_schools",
                schema: "analytics");

            migrationBuilder.DropColumn(
                name: "checked_by",
                schema: "analytics",
                table: "publications");

            migrationBuilder.DropColumn(
                name: "drafted_by",
                schema: "analytics",
                table: "publications");

            migrationBuilder.DropColumn(
                name: "figures_hash",
                schema: "analytics",
                table: "publications");

            migrationBuilder.DropColumn(
                name: "open_hash",
                schema: "analytics",
                table: "publications");

            migrationBuilder.DropColumn(
                name: "reason_en",
                schema: "analytics",
                table: "publications");

            migrationBuilder.DropColumn(
                name: "reason_zh",
                schema: "analytics",
                table: "publications");
        }
    }
}
