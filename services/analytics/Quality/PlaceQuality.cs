using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Quality;

/// <summary>The schools directly below one place, added up. A city or the province is the sum of the few rows below it: nothing has to be kept above.</summary>
internal sealed class PlaceQuality
{
    public required Guid CycleId { get; init; }

    public required string Path { get; init; }

    /// <summary>Schools of which something is due.</summary>
    public required int Due { get; init; }

    /// <summary>Of them those with a score.</summary>
    public required int Scored { get; init; }

    public required long ScoreSum { get; init; }

    /// <summary>How many have a score below 60, of 60 to 69, 70 to 79, 80 to 89, and from 90.</summary>
    public required int[] Bands { get; init; }

    /// <summary>How many schools are suspected of what, in the order of <see cref="QualityKinds.Suspicious"/>.</summary>
    public required int[] Suspected { get; init; }

    /// <summary>How many numbers end with each digit.</summary>
    public required int[] Digits { get; init; }

    public required DateTimeOffset AssessedAt { get; init; }

    public static PlaceQuality Of(Guid cycleId, string path, int due, IReadOnlyList<AssessedSchool> schools, DateTimeOffset now)
    {
        var scored = schools.Where(school => school.Score is not null).ToList();
        return new()
        {
            CycleId = cycleId,
            Path = path,
            Due = due,
            Scored = scored.Count,
            ScoreSum = scored.Sum(school => (long)school.Score!.Value),
            Bands = [.. Enumerable.Range(0, 5).Select(band => scored.Count(school => BandOf(school.Score!.Value) == band))],
            Suspected = [.. QualityKinds.Suspicious.Select(kind => scored.Count(school => school.Suspicions.Contains(kind)))],
            Digits = [.. Enumerable.Range(0, 10).Select(digit => scored.Sum(school => school.Digits[digit]))],
            AssessedAt = now,
        };
    }

    private static int BandOf(int score) => Math.Clamp((score / 10) - 5, 0, 4);

    internal sealed class Configuration : IEntityTypeConfiguration<PlaceQuality>
    {
        public void Configure(EntityTypeBuilder<PlaceQuality> builder)
        {
            builder.ToTable("place_quality");
            // A school compares itself with its county, which is the county's row: totals alone.
            builder.HasScope("path", or: ScopedTables.RightAboveOwn("path"))
                .OrRarely([("cycle_id", "uuid"), ("path", "text")], ScopedTables.Through("roster_entries", ("cycle_id", "cycle_id"), ("node_path", "path")));
            builder.HasKey(q => new { q.CycleId, q.Path });
            builder.Property(q => q.Path).UseCollation("C");
        }
    }
}
