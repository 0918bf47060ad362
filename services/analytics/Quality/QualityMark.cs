using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace Gengdu.Analytics.Quality;

/// <summary>
/// A place whose schools have to be judged anew. Written beside the change, never updated: writers of figures do not wait for each other here,
/// nor for whoever judges. A place may have many; all that were seen before the judging are deleted after it.
/// </summary>
internal sealed class QualityMark
{
    public long Id { get; init; }

    public required Guid CycleId { get; init; }

    public required string NodePath { get; init; }

    /// <summary>After schools submitted, or their duty changed: their places in this cycle and, as the past of those, in the later ones.</summary>
    public static NpgsqlBatchCommand OfSchools(Guid cycleId, Guid[] organisationIds) => new("""
        insert into quality_marks (cycle_id, node_path)
        select distinct r.cycle_id, r.node_path from (
          select $1::uuid as id union select l.id from cycles c join cycles l on l.programme_key = c.programme_key and l.period_start > c.period_start where c.id = $1) y
        join roster_entries r on r.cycle_id = y.id and r.organisation_id = any($2) and r.level = 'school'
        """)
    { Parameters = { new() { Value = cycleId }, new() { Value = organisationIds } } };

    /// <summary>After everything of a cycle may have changed.</summary>
    public static NpgsqlBatchCommand OfCycle(Guid cycleId) => new("""
        insert into quality_marks (cycle_id, node_path)
        select distinct r.cycle_id, r.node_path from (
          select $1::uuid as id union select l.id from cycles c join cycles l on l.programme_key = c.programme_key and l.period_start > c.period_start where c.id = $1) y
        join roster_entries r on r.cycle_id = y.id and r.level = 'school'
        """)
    { Parameters = { new() { Value = cycleId } } };

    /// <summary>After schools came to places or left them.</summary>
    public static NpgsqlBatchCommand OfPlaces(Guid cycleId, string[] nodePaths) => new("insert into quality_marks (cycle_id, node_path) select $1, path from unnest($2::text[]) path")
    { Parameters = { new() { Value = cycleId }, new() { Value = nodePaths } } };

    internal sealed class Configuration : IEntityTypeConfiguration<QualityMark>
    {
        public void Configure(EntityTypeBuilder<QualityMark> builder)
        {
            builder.ToTable("quality_marks");
            builder.HasNoScope("places that wait to be judged; read by the judging alone");
            builder.HasKey(m => m.Id);
            builder.Property(m => m.Id).UseIdentityAlwaysColumn();
            builder.Property(m => m.NodePath).UseCollation("C");
        }
    }
}
