using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class OrganisationPlaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "organisation_id",
                schema: "supervision",
                table: "review_entries",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "cycle_closings",
                schema: "supervision",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cycle_closings", x => x.cycle_id);
                });

            migrationBuilder.CreateTable(
                name: "organisation_places",
                schema: "supervision",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisation_places", x => new { x.organisation_id, x.version });
                });

            migrationBuilder.CreateIndex(
                name: "ix_organisation_places_path",
                schema: "supervision",
                table: "organisation_places",
                column: "path");

            migrationBuilder.Sql(Organisations.OrganisationsModel.PresentPlaces("supervision"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cycle_closings",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "organisation_places",
                schema: "supervision");

            migrationBuilder.DropColumn(
                name: "organisation_id",
                schema: "supervision",
                table: "review_entries");
        }
    }
}
