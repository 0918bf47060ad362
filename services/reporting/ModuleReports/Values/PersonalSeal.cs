using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Rules;

namespace Gengdu.Reporting.ModuleReports.Values;

/// <summary>
/// Lets a personal value be hidden or erased while the hash of the receipt can still be computed. A revision is hashed with each
/// personal cell replaced by its digest, keyed with a salt of that revision. Whoever may read the cells gets the salt and can
/// compute the digests; whoever may not gets the digests; after erasure only the digests are left, and without the salt they tell
/// nothing: a telephone number cannot be found by trying all of them.
/// </summary>
/// <param name="Salt">256 random bits; null for a revision that was signed before there were seals, or whose values are erased.</param>
internal sealed record PersonalSeal(byte[]? Salt)
{
    public const string Digest = "digest";
    private const string Masked = "masked";
    private const string Erased = "erased";

    public static PersonalSeal New() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is hashed: {"digest": "…"} in each personal cell, whatever of it is still there.</summary>
    public JsonElement ForHash(Module module, JsonElement values) =>
        PersonalCells.Replace(module, values, (at, cell) => new JsonObject { [Digest] = DigestOf(at, cell) });

    /// <summary>For readers above the own county: {"masked": true, "digest": "…"}; an erased cell stays marked as erased.</summary>
    public JsonElement ForStrangers(Module module, JsonElement values) => PersonalCells.Replace(module, values, (at, cell) =>
        PersonalCells.IsMark(cell) ? JsonObject.Create(cell) : new JsonObject { [Masked] = true, [Digest] = DigestOf(at, cell) });

    /// <summary>For good: {"erased": true, "digest": "…"}.</summary>
    public JsonElement WithoutValues(Module module, JsonElement values) => PersonalCells.Replace(module, values, (at, cell) =>
        PersonalCells.IsMark(cell) ? JsonObject.Create(cell) : new JsonObject { [Erased] = true, [Digest] = DigestOf(at, cell) });

    private string? DigestOf(string at, JsonElement cell)
    {
        if (PersonalCells.IsMark(cell))
        {
            return cell.GetProperty(Digest).GetString();
        }

        return Salt is null ? null : Convert.ToHexStringLower(HMACSHA256.HashData(Salt, Encoding.UTF8.GetBytes($"{at}\n{CanonicalJson.Text(cell)}")));
    }
}
