using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class CheckCodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "check_code",
                schema: "reporting",
                table: "revisions",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "statement_version",
                schema: "reporting",
                table: "revisions",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_revisions_check_code",
                schema: "reporting",
                table: "revisions",
                column: "check_code",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_revisions_check_code",
                schema: "reporting",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "check_code",
                schema: "reporting",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "statement_version",
                schema: "reporting",
                table: "revisions");
        }
    }
}
