using System.Buffers;
using System.Text;
using Gengdu.Analytics.Exports.Values;
using Gengdu.Rules;

namespace Gengdu.Analytics.Exports.Missing;

/// <summary>The same as a CSV file, one line for each module report and list it stands in; written in pieces, as at the beginning of a cycle everything is missing.</summary>
internal sealed class MissingCsv(Programme programme, ExportCycle cycle, ExportWords words)
{
    private const int AtOnce = 2000;
    private readonly Dictionary<string, string> _modules = programme.Modules.ToDictionary(module => module.Key, module => words.Of(module.Name));
    private readonly ArrayBufferWriter<byte> _written = new(1 << 18);

    /// <returns>How many lines.</returns>
    public async Task<long> WriteAsync(IReadOnlyList<MissingItem> items, Stream file, ExportProgress progress, CancellationToken cancellationToken)
    {
        var lines = 0L;
        Encoding.UTF8.GetBytes("\uFEFF", _written);
        Line(words.Of("名单", "List"), words.Of("所属", "Below"), words.Of("代码", "Code"), words.Of("单位", "Organisation"), words.Of("层级", "Level"), words.Of("模块", "Module"),
            words.Of("截止时间", "Deadline"), words.Of("延期至", "Extended until"), words.Of("报送时间", "Submitted"));
        foreach (var (i, item) in items.Index())
        {
            foreach (var list in MissingWords.Lists(item, words))
            {
                Line(list, item.AboveText, item.Code, item.Name, MissingWords.Level(item.Level, words), _modules.GetValueOrDefault(item.Module, item.Module),
                    item.Deadline is { } deadline ? ExportWords.Moment(deadline) : "", item.Until is { } until ? ExportWords.Moment(until) : "",
                    item.SubmittedAt is { } submitted ? ExportWords.Moment(submitted) : "");
                lines++;
            }

            if ((i + 1) % AtOnce == 0)
            {
                await FlushAsync();
                await progress.TellAsync(i + 1, items.Count, lines, cancellationToken);
            }
        }

        Line($"# {MissingTable.Deadline(cycle, words)}");
        Line($"# {words.Watermark}");
        await FlushAsync();
        return lines;

        async Task FlushAsync()
        {
            await file.WriteAsync(_written.WrittenMemory, cancellationToken);
            _written.ResetWrittenCount();
        }
    }

    private void Line(params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            _written.Write(i == 0 ? ""u8 : ","u8);
            CsvText.Append(_written, cells[i]);
        }

        _written.Write("\r\n"u8);
    }
}
