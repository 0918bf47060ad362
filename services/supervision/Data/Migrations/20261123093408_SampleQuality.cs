using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class SampleQuality : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "algorithm",
                schema: "supervision",
                table: "samples",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "gengdu-sample-1");

            migrationBuilder.AddColumn<int>(
                name: "quality",
                schema: "supervision",
                table: "sample_reports",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "school_quality",
                schema: "supervision",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    score = table.Column<int>(type: "integer", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_school_quality", x => new { x.cycle_id, x.organisation_id });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "school_quality",
                schema: "supervision");

            migrationBuilder.DropColumn(
                name: "algorithm",
                schema: "supervision",
                table: "samples");

            migrationBuilder.DropColumn(
                name: "quality",
                schema: "supervision",
                table: "sample_reports");
        }
    }
}
