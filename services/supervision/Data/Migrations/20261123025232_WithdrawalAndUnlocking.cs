using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Supervision.Data.Migrations
{
    /// <inheritdoc />
    public partial class WithdrawalAndUnlocking : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "unlock_asked_at",
                schema: "supervision",
                table: "reviews",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "unlock_asked_by",
                schema: "supervision",
                table: "reviews",
                type: "uuid",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "act",
                schema: "supervision",
                table: "review_entries",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(10)",
                oldMaxLength: 10);

            migrationBuilder.AddColumn<bool>(
                name: "unopened",
                schema: "supervision",
                table: "review_entries",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "words",
                schema: "supervision",
                table: "review_entries",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "review_answers",
                schema: "supervision",
                columns: table => new
                {
                    review_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_review_answers", x => new { x.review_id, x.version, x.reason });
                    table.ForeignKey(
                        name: "fk_review_answers_reviews_review_id",
                        column: x => x.review_id,
                        principalSchema: "supervision",
                        principalTable: "reviews",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "review_openings",
                schema: "supervision",
                columns: table => new
                {
                    review_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    level = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_review_openings", x => new { x.review_id, x.revision, x.person_id });
                    table.ForeignKey(
                        name: "fk_review_openings_reviews_review_id",
                        column: x => x.review_id,
                        principalSchema: "supervision",
                        principalTable: "reviews",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_unlock_asked_at",
                schema: "supervision",
                table: "reviews",
                column: "unlock_asked_at",
                filter: "unlock_asked_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "review_answers",
                schema: "supervision");

            migrationBuilder.DropTable(
                name: "review_openings",
                schema: "supervision");

            migrationBuilder.DropIndex(
                name: "ix_reviews_unlock_asked_at",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "unlock_asked_at",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "unlock_asked_by",
                schema: "supervision",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "unopened",
                schema: "supervision",
                table: "review_entries");

            migrationBuilder.DropColumn(
                name: "words",
                schema: "supervision",
                table: "review_entries");

            migrationBuilder.AlterColumn<string>(
                name: "act",
                schema: "supervision",
                table: "review_entries",
                type: "character varying(10)",
                maxLength: 10,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(20)",
                oldMaxLength: 20);
        }
    }
}
