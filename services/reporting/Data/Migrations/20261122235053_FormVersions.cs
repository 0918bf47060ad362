using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class FormVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "programme_version",
                schema: "reporting",
                table: "revisions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "programme_version",
                schema: "reporting",
                table: "module_reports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "set_aside",
                schema: "reporting",
                table: "module_reports",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "opened_with",
                schema: "reporting",
                table: "cycles",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "version_number",
                schema: "reporting",
                table: "cycles",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "version_required_by",
                schema: "reporting",
                table: "cycles",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "cycle_programme_changes",
                schema: "reporting",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_version = table.Column<string>(type: "text", nullable: false),
                    to_version = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    required_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cycle_programme_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_cycle_programme_changes_cycles_cycle_id",
                        column: x => x.cycle_id,
                        principalSchema: "reporting",
                        principalTable: "cycles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_cycle_programme_changes_cycle_id",
                schema: "reporting",
                table: "cycle_programme_changes",
                column: "cycle_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cycle_programme_changes",
                schema: "reporting");

            migrationBuilder.DropColumn(
                name: "programme_version",
                schema: "reporting",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "programme_version",
                schema: "reporting",
                table: "module_reports");

            migrationBuilder.DropColumn(
                name: "set_aside",
                schema: "reporting",
                table: "module_reports");

            migrationBuilder.DropColumn(
                name: "opened_with",
                schema: "reporting",
                table: "cycles");

            migrationBuilder.DropColumn(
                name: "version_number",
                schema: "reporting",
                table: "cycles");

            migrationBuilder.DropColumn(
                name: "version_required_by",
                schema: "reporting",
                table: "cycles");
        }
    }
}
