using System.Text.Encodings.Web;
using System.Text.Json;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Data;

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices");
        // By the organisation it is about: whoever raises one for others sees that organisation, and who no longer does keeps no notice of it.
        // That it is the reader's own is asked by each query.
        builder.HasScope("organisation_path", "organisation_id");
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Kind).HasMaxLength(60);
        builder.Property(n => n.Key).HasMaxLength(NoticeRaising.LongestKey);
        builder.Property(n => n.Link).HasMaxLength(NoticeRaising.LongestLink);
        builder.Property(n => n.OrganisationPath).UseCollation("C");
        builder.Property(n => n.Args).HasColumnType("jsonb").HasConversion(
            args => JsonSerializer.Serialize(args, Json),
            json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, Json)!,
            new ValueComparer<IReadOnlyDictionary<string, string>>((a, b) => ReferenceEquals(a, b), args => args.Count, args => args));
        builder.HasIndex(n => new { n.PersonId, n.Key }).IsUnique();
        builder.HasIndex(n => new { n.PersonId, n.CreatedAt });
        // The badge counts from this one alone.
        builder.HasIndex(n => n.PersonId).HasFilter("read_at is null").HasDatabaseName("ix_notices_unread").IncludeProperties(n => new { n.OrganisationId, n.OrganisationPath });
        builder.HasIndex(n => n.CreatedAt).HasMethod("brin");
    }
}
