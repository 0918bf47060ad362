using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class ModuleNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "module_names",
                schema: "supervision",
                table: "cycles",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "module_names",
                schema: "supervision",
                table: "cycles");
        }
    }
}
