using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Returns;

/// <summary>Words that an office offers its reviewers under one of the standard codes. The codes stay the same everywhere, so that they can be compared.</summary>
internal sealed class ReturnPhrase
{
    public const int LongestText = 300;

    /// <summary>Of one office; more is no help to anybody who chooses.</summary>
    public const int Most = 60;

    public required Guid Id { get; init; }

    /// <summary>Whose office; offered at its own step and to those who review below it.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>One of <see cref="ReturnCodes"/>.</summary>
    public required string Code { get; init; }

    public required string Text { get; init; }

    public required Guid AddedBy { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReturnPhrase>
    {
        public void Configure(EntityTypeBuilder<ReturnPhrase> builder)
        {
            builder.ToTable("return_phrases");
            builder.HasNoScope("words an office offers to all who review below it: of no report and nobody's own");
            builder.HasKey(p => p.Id);
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.Code).HasMaxLength(30);
            builder.Property(p => p.Text).HasMaxLength(LongestText);
            builder.HasIndex(p => new { p.OrganisationId, p.Code, p.Text }).IsUnique();
        }
    }
}

/// <summary>Why a form goes back; counted by them.</summary>
internal static class ReturnCodes
{
    public static readonly string[] All = ["wrong-value", "missing-evidence", "inconsistent", "implausible", "unclear", "other"];
}
