using System.Security.Cryptography;
using System.Text;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Notices;

/// <summary>
/// Proves that an address is its person's: a code of six digits goes there and is typed in. Until then nothing else goes there.
/// Asked for as often as somebody may have mistyped an address, not as often as it takes to annoy its owner.
/// </summary>
internal sealed class ContactCode
{
    public const string Kind = "contact-code";
    public const int MostTries = 5;
    public const int MostADay = 8;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private ContactCode()
    {
    }

    public Guid PersonId { get; private init; }

    /// <summary><see cref="Channels.Mail"/> or <see cref="Channels.Sms"/>.</summary>
    public string Channel { get; private init; } = "";

    /// <summary>Null when there is none to be typed in: used up, or meant for an address that is no more.</summary>
    public string? Hash { get; private set; }

    public DateTimeOffset SentAt { get; private set; }

    /// <summary>Wrong ones so far.</summary>
    public int Tries { get; private set; }

    /// <summary>How many were sent since <see cref="CountedFrom"/>.</summary>
    public int Sent { get; private set; }

    public DateTimeOffset CountedFrom { get; private set; }

    public static ContactCode Of(Guid personId, string channel) => new() { PersonId = personId, Channel = channel };

    public static string Draw() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Until when the present one holds; null without one.</summary>
    public DateTimeOffset? Until(DateTimeOffset now) => Hash is not null && now < SentAt + Lifetime ? SentAt + Lifetime : null;

    /// <summary>A new one takes the place of the one before.</summary>
    public Problem? Renew(string code, DateTimeOffset now)
    {
        if (now < SentAt + Between)
        {
            return NoticeProblems.CodeTooSoon;
        }

        if (now >= CountedFrom.AddDays(1))
        {
            (Sent, CountedFrom) = (0, now);
        }

        if (Sent >= MostADay)
        {
            return NoticeProblems.TooManyCodes;
        }

        (Hash, SentAt, Tries, Sent) = (HashOf(code), now, 0, Sent + 1);
        return null;
    }

    /// <summary>Right, it is used up. After some wrong ones it is worth nothing any more.</summary>
    public Problem? Use(string code, DateTimeOffset now)
    {
        if (Hash is null || now >= SentAt + Lifetime || Tries >= MostTries)
        {
            return NoticeProblems.CodeOver;
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(HashOf(code))))
        {
            Tries++;
            return Tries >= MostTries ? NoticeProblems.CodeOver : NoticeProblems.CodeWrong;
        }

        Hash = null;
        return null;
    }

    /// <summary>Its address is no more.</summary>
    public void Forget() => Hash = null;

    private string HashOf(string code) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{PersonId:N}.{Channel}.{code}")));
}
