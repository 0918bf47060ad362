using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    public partial class FormVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "programme_version",
                schema: "analytics",
                table: "module_values",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "cycle_programmes",
                schema: "analytics",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    programme_version = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cycle_programmes", x => x.cycle_id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cycle_programmes",
                schema: "analytics");

            migrationBuilder.DropColumn(
                name: "programme_version",
                schema: "analytics",
                table: "module_values");
        }
    }
}
