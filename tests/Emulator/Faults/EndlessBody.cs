using System;
using System.Text;
using System.Threading.Tasks;

namespace OssPayment.Emulator.Faults;

/// <summary>The right answer, whose body goes on and on with spaces until the client has had enough.</summary>
public sealed record EndlessBody(bool Chunked = true, int MaxBytes = 64 * 1024 * 1024) : FaultAction
{
    private const int PieceLength = 16 * 1024;

    internal override async Task PlayAsync(FaultStage stage)
    {
        await stage.WriteHeadAsync(Chunked
            ? AnswerHead.Chunked(stage.Genuine)
            : AnswerHead.UntilClose(stage.Genuine));
        await stage.Connection.WriteAsync(Piece(stage.Genuine.Body));

        byte[] spaces = new byte[PieceLength];
        Array.Fill(spaces, (byte)' ');
        byte[] piece = Piece(spaces);
        for (int sent = 0; sent < MaxBytes; sent += PieceLength)
        {
            await stage.Connection.WriteAsync(piece);
        }

        await stage.Connection.EndAsync(Ending.Close);
    }

    private byte[] Piece(byte[] bytes) => Chunked && bytes.Length > 0
        ? [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8]
        : bytes;
}
