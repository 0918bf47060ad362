using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Figures;

/// <summary>
/// One school's part of one indicator. Every school of the roster has a row for every indicator, with a reason where there
/// is no value: "due" and "missing" are then plain counts. Numbers are numeric, rounded once to nine decimals when they
/// leave the formula: their sums are exact and so do not depend on the order in which schools come in.
/// </summary>
internal sealed class SchoolIndicator
{
    /// <summary>A module it needs has not been submitted.</summary>
    public const string NotSubmitted = "not-submitted";

    /// <summary>A module it needs is not collected in this cycle.</summary>
    public const string NotCollected = "not-collected";

    /// <summary>Nothing is due of the school any more, whatever it handed in before.</summary>
    public const string Exempt = "exempt";

    /// <summary>Rows that owe no value; as SQL.</summary>
    public const string NotDueSql = "('does-not-apply', 'not-collected', 'exempt')";

    /// <summary>Schools that owe a value and have none; as SQL, since an index has the same condition.</summary>
    public const string ExcludedSql = "reason in ('missing', 'not-submitted', 'broken')";

    public required Guid CycleId { get; init; }

    public required string NodePath { get; init; }

    public required string Indicator { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Path { get; init; }

    public decimal? Numerator { get; init; }

    public decimal? Denominator { get; init; }

    /// <summary>Null with a value; else "not-submitted", "not-collected", "exempt" or a reason of the rules engine.</summary>
    public string? Reason { get; init; }

    /// <summary>All modules it reads passed a level of review.</summary>
    public bool Approved { get; init; }

    /// <summary>Newest submission or review among the modules it reads; null while one of them is not there, and so nothing counts.</summary>
    public DateTimeOffset? AsOf { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SchoolIndicator>
    {
        public void Configure(EntityTypeBuilder<SchoolIndicator> builder)
        {
            builder.ToTable("school_indicators");
            builder.HasScope("path", "organisation_id");
            builder.HasStorageParameter("fillfactor", 80);
            builder.HasKey(s => new { s.CycleId, s.NodePath, s.Indicator, s.OrganisationId });
            builder.Property(s => s.NodePath).UseCollation("C");
            builder.Property(s => s.Path).UseCollation("C");
            builder.HasIndex(s => new { s.CycleId, s.Indicator, s.Path }).HasFilter(ExcludedSql).HasDatabaseName("ix_school_indicators_excluded");
        }
    }
}
