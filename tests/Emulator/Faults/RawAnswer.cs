using System.Text;
using System.Threading.Tasks;

namespace OssPayment.Emulator.Faults;

/// <summary>Exactly these bytes, be they HTTP or not; given as text where that is easier to write.</summary>
public sealed record RawAnswer(string? Text = null, byte[]? Bytes = null, Ending Then = Ending.Close) : FaultAction
{
    internal override async Task PlayAsync(FaultStage stage)
    {
        await stage.Connection.WriteAsync(Text is null ? Bytes : Encoding.Latin1.GetBytes(Text));
        await stage.Connection.EndAsync(Then);
    }
}
