using System.Security.Cryptography;

namespace Gengdu.Audit;

/// <summary>
/// The Merkle tree hash of RFC 9162 over a growing list of leaf hashes: only the roots of its full subtrees are kept, at most
/// one for each bit of the size.
/// </summary>
internal sealed class MerkleTree
{
    private readonly List<byte[]> _full = [];

    public long Size { get; private set; }

    public void Add(byte[] leaf)
    {
        var node = leaf;
        for (var rest = Size; (rest & 1) == 1; rest >>= 1)
        {
            node = Join(_full[^1], node);
            _full.RemoveAt(_full.Count - 1);
        }

        _full.Add(node);
        Size++;
    }

    public byte[] Root()
    {
        if (_full.Count == 0)
        {
            return SHA256.HashData([]);
        }

        var root = _full[^1];
        for (var i = _full.Count - 2; i >= 0; i--)
        {
            root = Join(_full[i], root);
        }

        return root;
    }

    private static byte[] Join(byte[] left, byte[] right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * AuditChain.HashSize)];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + AuditChain.HashSize)..]);
        return SHA256.HashData(node);
    }
}
