using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class QueueFilters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.AddColumn<int>(
                name: "explained_warnings",
                schema: "supervision",
                table: "reviews",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "late",
                schema: "supervision",
                table: "reviews",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "return_rounds",
                schema: "supervision",
                table: "reviews",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql("""
                update supervision.reviews r set return_rounds = e.rounds
                from (select review_id, count(*)::int as rounds from supervision.review_entries where act = 'return' group by review_id) e where e.review_id = r.id
                """);

            migrationBuilder.CreateIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews",
                columns: new[] { "cycle_id", "organisation_path" })
                .Annotation("Npgsql:IndexInclude", new[] { "state", "report_id", "waiting_since", "organisation_id", "module_key", "explained_warnings", "late", "return_rounds" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "explained_warnings",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "late",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "return_rounds",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_cycle_id_organisation_path",
                schema: "supervision",
                table: "reviews",
                columns: new[] { "cycle_id", "organisation_path" })
                .Annotation("Npgsql:IndexInclude", new[] { "state", "report_id", "waiting_since", "organisation_id" });
        }
    }
}
