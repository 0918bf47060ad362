using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class QueueIndexWithOrganisation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews",
                columns: new[] { "cycle_id", "organisation_path" })
                .Annotation("Npgsql:IndexInclude", new[] { "state", "report_id", "waiting_since", "organisation_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews",
                columns: new[] { "cycle_id", "organisation_path" })
                .Annotation("Npgsql:IndexInclude", new[] { "state", "report_id", "waiting_since" });
        }
    }
}
