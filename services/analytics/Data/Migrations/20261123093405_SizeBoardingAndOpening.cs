using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Analytics.Data.Migrations
{
    /// <inheritdoc />
    public partial class SizeBoardingAndOpening : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "boarding",
                schema: "analytics",
                table: "roster_entries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "opened_path",
                schema: "analytics",
                table: "roster_entries",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "size_class",
                schema: "analytics",
                table: "roster_entries",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "boarding",
                schema: "analytics",
                table: "roster_entries");

            migrationBuilder.DropColumn(
                name: "opened_path",
                schema: "analytics",
                table: "roster_entries");

            migrationBuilder.DropColumn(
                name: "size_class",
                schema: "analytics",
                table: "roster_entries");
        }
    }
}
