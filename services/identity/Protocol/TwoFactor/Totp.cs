using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gengdu.Identity.Protocol.TwoFactor;

/// <summary>
/// RFC 6238 as authenticator apps speak it: SHA-1, six digits, thirty seconds. The framework's own takes two steps either
/// way, knows no clock but the machine's, and lets a code be used again.
/// </summary>
internal static class Totp
{
    public const int Digits = 6;
    private const int Period = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    public static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / Period;

    public static string CodeAt(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238's default, and all that common apps know; HMAC does not need what SHA-1 lost
        var mac = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 0xf, 4)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is: now, or one before or after, as phones' clocks differ. Null when it is none.</summary>
    public static long? Match(byte[] secret, string code, DateTimeOffset now)
    {
        var typed = Encoding.UTF8.GetBytes(code);
        var step = StepOf(now);
        long? found = null;
        for (var candidate = step - 1; candidate <= step + 1; candidate++)
        {
            found = CryptographicOperations.FixedTimeEquals(typed, Encoding.UTF8.GetBytes(CodeAt(secret, candidate))) ? candidate : found;
        }

        return found;
    }

    /// <summary>RFC 4648, without padding: the secret as people type it into an app.</summary>
    public static string Readable(byte[] secret)
    {
        var text = new StringBuilder();
        for (var bit = 0; bit < secret.Length * 8; bit += 5)
        {
            var pair = (secret[bit / 8] << 8) | (bit / 8 + 1 < secret.Length ? secret[bit / 8 + 1] : 0);
            text.Append(Base32[(pair >> (11 - bit % 8)) & 31]);
        }

        return text.ToString();
    }

    /// <summary>What the QR code says.</summary>
    public static string Address(byte[] secret, string userName) =>
        $"otpauth://totp/Gengdu:{Uri.EscapeDataString(userName)}?secret={Readable(secret)}&issuer=Gengdu&algorithm=SHA1&digits={Digits}&period={Period}";
}
