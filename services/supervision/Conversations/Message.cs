using System.Text.Encodings.Web;
using System.Text.Json;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Conversations;

/// <summary>What somebody said about a module report. Stays as it was written; its author may strike it (<see cref="MessageStrike"/>).</summary>
internal sealed class Message
{
    public const int LongestKey = 60;
    public const int LongestCell = 200;

    public required Guid ReportId { get; init; }

    public required string ModuleKey { get; init; }

    /// <summary>From 1, without gaps, in the order in which they came in.</summary>
    public required int Number { get; init; }

    /// <summary>Chosen by the author's browser: the same one again is the same message.</summary>
    public required Guid Key { get; init; }

    public required Guid By { get; init; }

    /// <summary>The role in which it was said …</summary>
    public required string Role { get; init; }

    /// <summary>… and for which organisation: the author may have become something else since.</summary>
    public required Guid OrganisationId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Text { get; init; }

    /// <summary>Cell address such as "classes/g1"; null when it is about the module.</summary>
    public string? Cell { get; init; }

    /// <summary>The last submitted revision at that time; null before the first.</summary>
    public int? Revision { get; init; }

    public IReadOnlyList<Mention> Mentions { get; init; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<Message>
    {
        private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public void Configure(EntityTypeBuilder<Message> builder)
        {
            builder.ToTable("messages");
            // It goes where the report goes: a school that moves takes its conversations along.
            builder.HasScopeOf("roster", ("report_id", "report_id"));
            builder.IsAppendOnly();
            builder.HasKey(m => new { m.ReportId, m.ModuleKey, m.Number });
            builder.Property(m => m.Number).ValueGeneratedNever();
            builder.Property(m => m.ModuleKey).HasMaxLength(LongestKey);
            builder.Property(m => m.Role).HasMaxLength(30);
            builder.Property(m => m.Cell).HasMaxLength(LongestCell);
            builder.Property(m => m.Mentions).HasColumnType("jsonb").HasDefaultValueSql("'[]'").HasConversion(
                mentions => JsonSerializer.Serialize(mentions, Json),
                json => JsonSerializer.Deserialize<List<Mention>>(json, Json)!,
                new ValueComparer<IReadOnlyList<Mention>>((a, b) => ReferenceEquals(a, b), mentions => mentions.Count, mentions => mentions));
            builder.HasIndex(m => new { m.ReportId, m.ModuleKey, m.By, m.Key }).IsUnique();
        }
    }
}

/// <summary>Who is asked to look: whoever holds a role at an organisation, or one colleague of the author's.</summary>
internal sealed record Mention(Guid OrganisationId, string Role, Guid? PersonId = null);

/// <summary>The author took back what a message says: its words are shown no more, that there was one and when it was struck stays.</summary>
internal sealed class MessageStrike
{
    public required Guid ReportId { get; init; }

    public required string ModuleKey { get; init; }

    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MessageStrike>
    {
        public void Configure(EntityTypeBuilder<MessageStrike> builder)
        {
            builder.ToTable("message_strikes");
            builder.HasScopeOf("roster", ("report_id", "report_id"));
            builder.IsAppendOnly();
            builder.HasKey(s => new { s.ReportId, s.ModuleKey, s.Number });
            builder.Property(s => s.Number).ValueGeneratedNever();
            builder.Property(s => s.ModuleKey).HasMaxLength(Message.LongestKey);
            builder.HasOne<Message>().WithOne().HasForeignKey<MessageStrike>(s => new { s.ReportId, s.ModuleKey, s.Number });
        }
    }
}

/// <summary>How far somebody has read a conversation.</summary>
internal sealed class MessageReading
{
    public required Guid ReportId { get; init; }

    public required string ModuleKey { get; init; }

    public required Guid PersonId { get; init; }

    public required int UpTo { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MessageReading>
    {
        public void Configure(EntityTypeBuilder<MessageReading> builder)
        {
            builder.ToTable("message_readings");
            builder.HasScopeOf("roster", ("report_id", "report_id"));
            builder.HasKey(r => new { r.ReportId, r.ModuleKey, r.PersonId });
            builder.Property(r => r.ModuleKey).HasMaxLength(Message.LongestKey);
        }
    }
}
