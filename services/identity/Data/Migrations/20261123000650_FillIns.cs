using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class FillIns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "fill_in_id",
                schema: "identity",
                table: "assignments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "fills_in_from",
                schema: "identity",
                table: "assignments",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "fill_ins",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    school_id = table.Column<Guid>(type: "uuid", nullable: false),
                    teaching_point_id = table.Column<Guid>(type: "uuid", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    declared_by = table.Column<Guid>(type: "uuid", nullable: false),
                    declared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fill_ins", x => x.id);
                    table.ForeignKey(
                        name: "fk_fill_ins_organisations_school_id",
                        column: x => x.school_id,
                        principalSchema: "identity",
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_fill_ins_organisations_teaching_point_id",
                        column: x => x.teaching_point_id,
                        principalSchema: "identity",
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_assignments_fill_in_id",
                schema: "identity",
                table: "assignments",
                column: "fill_in_id");

            migrationBuilder.CreateIndex(
                name: "ix_assignments_fills_in_from",
                schema: "identity",
                table: "assignments",
                column: "fills_in_from");

            migrationBuilder.CreateIndex(
                name: "ix_fill_ins_school_id",
                schema: "identity",
                table: "fill_ins",
                column: "school_id");

            migrationBuilder.CreateIndex(
                name: "ix_fill_ins_teaching_point_id",
                schema: "identity",
                table: "fill_ins",
                column: "teaching_point_id");

            migrationBuilder.AddForeignKey(
                name: "fk_assignments_assignments_fills_in_from",
                schema: "identity",
                table: "assignments",
                column: "fills_in_from",
                principalSchema: "identity",
                principalTable: "assignments",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_assignments_fill_ins_fill_in_id",
                schema: "identity",
                table: "assignments",
                column: "fill_in_id",
                principalSchema: "identity",
                principalTable: "fill_ins",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_assignments_assignments_fills_in_from",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropForeignKey(
                name: "fk_assignments_fill_ins_fill_in_id",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropTable(
                name: "fill_ins",
                schema: "identity");

            migrationBuilder.DropIndex(
                name: "ix_assignments_fill_in_id",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropIndex(
                name: "ix_assignments_fills_in_from",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropColumn(
                name: "fill_in_id",
                schema: "identity",
                table: "assignments");

            migrationBuilder.DropColumn(
                name: "fills_in_from",
                schema: "identity",
                table: "assignments");
        }
    }
}
