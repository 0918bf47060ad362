using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Gengdu.System.Tests.Browser;

/// <summary>A phone's authenticator app, written from RFC 6238 alone, apart from the server's.</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] Read(string key)
    {
        var bits = string.Concat(key.Where(char.IsAsciiLetterOrDigit).Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    public static string Now(byte[] secret) => Code(secret, 0);

    /// <summary>The code after this one: for a second sign-in within the same half minute.</summary>
    public static string Next(byte[] secret) => Code(secret, 1);

    private static string Code(byte[] secret, int ahead)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + ahead);
#pragma warning disable CA5350 // what authenticator apps speak
        var mac = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 15)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
