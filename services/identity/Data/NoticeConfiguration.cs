using System.Text.Encodings.Web;
using System.Text.Json;
using Gengdu.Identity.Notices;
using Gengdu.Identity.People;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Identity.Data;

/// <summary>What is on its way to people, and how they want to be told.</summary>
internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Delivery>, IEntityTypeConfiguration<NoticeSettings>, IEntityTypeConfiguration<ContactCode>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("deliveries");
        builder.HasNoScope("read by the senders, and by the one query that lists what was given up, which looks at the person's places itself");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Channel).HasMaxLength(60);
        builder.Property(d => d.Kind).HasMaxLength(60);
        builder.Property(d => d.Link).HasMaxLength(300);
        builder.Property(d => d.Fault).HasMaxLength(300);
        builder.Property(d => d.State).HasMaxLength(10).HasConversion(state => state.ToString().ToLowerInvariant(), text => Enum.Parse<DeliveryState>(text, true));
        builder.Property(d => d.Args).HasColumnType("jsonb").HasConversion(
            args => JsonSerializer.Serialize(args, Json),
            json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, Json)!,
            new ValueComparer<IReadOnlyDictionary<string, string>>((a, b) => ReferenceEquals(a, b), args => args.Count, args => args));
        builder.HasIndex(d => new { d.NoticeId, d.Channel }).IsUnique();
        // What the senders look for, and no more: most rows are done.
        builder.HasIndex(d => new { d.Channel, d.DueAt }).HasFilter("state = 'waiting'");
        builder.HasIndex(d => d.PersonId);
        builder.HasIndex(d => d.SettledAt);
    }

    public void Configure(EntityTypeBuilder<NoticeSettings> builder)
    {
        builder.ToTable("notice_settings");
        builder.HasKey(s => s.PersonId);
        builder.Property(s => s.PersonId).ValueGeneratedNever();
        builder.Property(s => s.Language).HasMaxLength(2);
        builder.Property(s => s.Mail).HasMaxLength(10).HasConversion(
            rhythm => NoticeSettings.Key(rhythm), text => NoticeSettings.Rhythm(text)!.Value);
        builder.Property(s => s.MailFault).HasMaxLength(300);
        builder.Property(s => s.PhoneFault).HasMaxLength(300);
        builder.HasOne<Person>().WithOne().HasForeignKey<NoticeSettings>(s => s.PersonId);
    }

    public void Configure(EntityTypeBuilder<ContactCode> builder)
    {
        builder.ToTable("contact_codes");
        builder.HasKey(c => new { c.PersonId, c.Channel });
        builder.Property(c => c.Channel).HasMaxLength(10);
        builder.Property(c => c.Hash).HasMaxLength(64);
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
    }
}
