using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class PersonalValues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                schema: "reporting",
                table: "revisions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "salt",
                schema: "reporting",
                table: "revisions",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                schema: "reporting",
                table: "module_reports",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                schema: "reporting",
                table: "cycles",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "erased_at",
                schema: "reporting",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "salt",
                schema: "reporting",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "erased_at",
                schema: "reporting",
                table: "module_reports");

            migrationBuilder.DropColumn(
                name: "erased_at",
                schema: "reporting",
                table: "cycles");
        }
    }
}
