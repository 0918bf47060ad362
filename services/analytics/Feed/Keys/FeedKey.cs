using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Feed.Keys;

/// <summary>Lets a spreadsheet read in a person's name, with the rights that person has at that moment. The key itself is nowhere; its hash is.</summary>
internal sealed class FeedKey
{
    public const int LongestName = 60;
    public const int MostDays = 366;
    private static readonly TimeSpan s_china = TimeSpan.FromHours(8);

    /// <summary>Also the user name, as 32 digits.</summary>
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of 256 random bits: there is nothing to guess that a slow hash would protect.</summary>
    public required byte[] SecretHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the access token it was made with was issued: by this it ends with the sign-ins of then.</summary>
    public required DateTimeOffset TokenIssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The day <see cref="RowsUsed"/> is about, in China.</summary>
    public DateOnly? UsedOn { get; init; }

    public long RowsUsed { get; init; }

    public static (FeedKey Key, string Secret) Make(Guid personId, string name, int days, DateTimeOffset tokenIssuedAt, DateTimeOffset now)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new()
        {
            Id = Guid.CreateVersion7(now), PersonId = personId, Name = name.Trim(), SecretHash = HashOf(secret), CreatedAt = now, TokenIssuedAt = tokenIssuedAt, ExpiresAt = now.AddDays(days),
        }, secret);
    }

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static IEnumerable<FieldError> Refuse(string name, int days)
    {
        if (name.Trim() is not { Length: > 0 and <= LongestName } trimmed || trimmed.Any(char.IsControl))
        {
            yield return new("name", "length", new($"名称须为 1 至 {LongestName} 个字", $"A name has 1 to {LongestName} characters"));
        }

        if (days is < 1 or > MostDays)
        {
            yield return new("days", "range", new($"有效期须为 1 至 {MostDays} 天", $"A key lives for 1 to {MostDays} days"));
        }
    }

    /// <summary>The day of the quota, and how long it still lasts.</summary>
    public static (DateOnly Day, TimeSpan Left) DayOf(DateTimeOffset now)
    {
        var there = now.ToOffset(s_china);
        return (DateOnly.FromDateTime(there.Date), there.Date.AddDays(1) - there.DateTime);
    }
}
