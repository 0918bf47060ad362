using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class SizeAndBoarding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "boarding",
                schema: "reporting",
                table: "reports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "size_class",
                schema: "reporting",
                table: "reports",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "boarding",
                schema: "reporting",
                table: "reports");

            migrationBuilder.DropColumn(
                name: "size_class",
                schema: "reporting",
                table: "reports");
        }
    }
}
