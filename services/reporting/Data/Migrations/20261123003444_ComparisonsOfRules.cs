using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gengdu.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class ComparisonsOfRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "master_figures",
                schema: "reporting",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    value = table.Column<double>(type: "double precision", nullable: false),
                    source = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    as_of = table.Column<DateOnly>(type: "date", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_master_figures", x => new { x.organisation_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "peer_bases",
                schema: "reporting",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    county_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    values = table.Column<string>(type: "jsonb", nullable: false),
                    computed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_peer_bases", x => new { x.cycle_id, x.county_path });
                    table.ForeignKey(
                        name: "fk_peer_bases_cycles_cycle_id",
                        column: x => x.cycle_id,
                        principalSchema: "reporting",
                        principalTable: "cycles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "peer_figures",
                schema: "reporting",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    county_path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    school_type = table.Column<string>(type: "text", nullable: false),
                    urban_rural = table.Column<string>(type: "text", nullable: false),
                    measures = table.Column<string>(type: "jsonb", nullable: false),
                    computed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_peer_figures", x => new { x.cycle_id, x.county_path, x.school_type, x.urban_rural });
                    table.ForeignKey(
                        name: "fk_peer_figures_cycles_cycle_id",
                        column: x => x.cycle_id,
                        principalSchema: "reporting",
                        principalTable: "cycles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "master_figures",
                schema: "reporting");

            migrationBuilder.DropTable(
                name: "peer_bases",
                schema: "reporting");

            migrationBuilder.DropTable(
                name: "peer_figures",
                schema: "reporting");
        }
    }
}
