using System;
using System.Text;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using OssPayment.Emulator.Operations;

namespace OssPayment.Emulator.Faults;

/// <summary>The effect of a fault on a response. In JSON, <c>kind</c> is the type of the action.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DelayResponse), "delay")]
[JsonDerivedType(typeof(HangResponse), "hang")]
[JsonDerivedType(typeof(DripResponse), "drip")]
[JsonDerivedType(typeof(CutConnection), "cut")]
[JsonDerivedType(typeof(OverlongBody), "overlongBody")]
[JsonDerivedType(typeof(EndlessBody), "endlessBody")]
[JsonDerivedType(typeof(ReplaceResponse), "replace")]
[JsonDerivedType(typeof(OssErrorResponse), "ossError")]
[JsonDerivedType(typeof(RawResponse), "raw")]
public abstract record FaultAction
{
    internal abstract Task PlayAsync(FaultContext context);
}

/// <summary>Sends the correct response after a delay.</summary>
public sealed record DelayResponse(int Milliseconds) : FaultAction
{
    internal override async Task PlayAsync(FaultContext context)
    {
        await context.Connection.PauseAsync(TimeSpan.FromMilliseconds(Milliseconds));
        await context.SendAsync(context.Genuine);
    }
}

/// <summary>Sends part of the correct response, then nothing more.</summary>
public sealed record HangResponse(CutPoint Where = CutPoint.BeforeHeaders) : FaultAction
{
    internal override async Task PlayAsync(FaultContext context)
    {
        await PartialResponse.WriteAsync(context, Where);
        await context.Connection.EndAsync(Ending.StayOpen);
    }
}

/// <summary>Sends part of the correct response, then ends the connection.</summary>
public sealed record CutConnection(CutPoint Where, Ending How) : FaultAction
{
    internal override async Task PlayAsync(FaultContext context)
    {
        await PartialResponse.WriteAsync(context, Where);
        await context.Connection.EndAsync(How);
    }
}

/// <summary>Sends the body of the correct response, or all of the response, one byte at a time.</summary>
public sealed record DripResponse(int Milliseconds, bool FromHeaders = false) : FaultAction
{
    internal override async Task PlayAsync(FaultContext context)
    {
        byte[] head = ResponseHead.WithLength(context.Genuine, context.Genuine.Body.Length);
        byte[] slow = context.Genuine.Body;
        if (FromHeaders)
        {
            slow = [.. head, .. slow];
        }
        else
        {
            await context.WriteHeadAsync(head);
        }

        for (int index = 0; index < slow.Length; index++)
        {
            await context.Connection.PauseAsync(TimeSpan.FromMilliseconds(Milliseconds));
            await context.Connection.WriteAsync(slow.AsMemory(index, 1));
        }

        await context.Connection.EndAsync(Ending.Close);
    }
}

/// <summary>Sends the correct response, with a body longer than its <c>Content-Length</c>.</summary>
public sealed record OverlongBody(int ExtraBytes = 100) : FaultAction
{
    internal override async Task PlayAsync(FaultContext context)
    {
        await context.WriteHeadAsync(ResponseHead.WithLength(context.Genuine, context.Genuine.Body.Length));
        await context.Connection.WriteAsync(context.Genuine.Body);
        await context.Connection.WriteAsync(Encoding.ASCII.GetBytes(new string('x', ExtraBytes)));
        await context.Connection.EndAsync(Ending.Close);
    }
}

/// <summary>Sends the correct response, then spaces until the client disconnects or <c>MaxBytes</c> are sent.</summary>
public sealed record EndlessBody(bool Chunked = true, int MaxBytes = 64 * 1024 * 1024) : FaultAction
{
    private const int ChunkLength = 16 * 1024;

    internal override async Task PlayAsync(FaultContext context)
    {
        await context.WriteHeadAsync(Chunked
            ? ResponseHead.Chunked(context.Genuine)
            : ResponseHead.UntilClose(context.Genuine));
        await context.Connection.WriteAsync(Chunk(context.Genuine.Body));

        byte[] spaces = new byte[ChunkLength];
        Array.Fill(spaces, (byte)' ');
        byte[] chunk = Chunk(spaces);
        for (int sent = 0; sent < MaxBytes; sent += ChunkLength)
        {
            await context.Connection.WriteAsync(chunk);
        }

        await context.Connection.EndAsync(Ending.Close);
    }

    private byte[] Chunk(byte[] bytes) => Chunked && bytes.Length > 0
        ? [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8]
        : bytes;
}

/// <summary>The part of the response that is sent before the fault.</summary>
public enum CutPoint
{
    BeforeHeaders,
    InHeaders,
    InBody,

    /// <summary>All of it. A client that reuses the connection for its next request then fails.</summary>
    AfterResponse,
}

/// <summary>The way a connection ends.</summary>
public enum Ending
{
    /// <summary>With a normal close (FIN).</summary>
    Close,

    /// <summary>With a reset (RST).</summary>
    Reset,

    /// <summary>Not at all: the connection stays open, but nothing more is sent.</summary>
    StayOpen,
}
