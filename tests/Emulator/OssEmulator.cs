using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Emulator.Control;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator;

/// <summary>An OSS endpoint on this machine. It runs until it is disposed.</summary>
public sealed class OssEmulator : IAsyncDisposable
{
    private readonly ServerCertificates _certificates = new();
    private readonly ServiceListener _service;
    private readonly ControlListener _control;
    private readonly DirectoryInfo _folder;

    private OssEmulator(EmulatorOptions options)
    {
        State = new EmulatorState(options);
        _service = new ServiceListener(State, _certificates, options.HttpPort);
        _control = new ControlListener(State);
        _folder = Directory.CreateTempSubdirectory("oss-emulator-");
        AuthorityCertificatePath = Path.Combine(_folder.FullName, "authority.pem");
        File.WriteAllText(AuthorityCertificatePath, _certificates.AuthorityPem);
    }

    public EmulatorState State { get; }

    public Uri HttpEndpoint => new($"http://127.0.0.1:{_service.HttpPort}");

    public Uri HttpsEndpoint => new($"https://127.0.0.1:{_service.HttpsPort}");

    /// <summary>The proxy that serves the real OSS host names. It is the http endpoint itself.</summary>
    public Uri Proxy => HttpEndpoint;

    public Uri ControlEndpoint => new($"http://127.0.0.1:{_control.Port}");

    /// <summary>The path of the PEM file with the CA certificate that https clients must trust.</summary>
    public string AuthorityCertificatePath { get; }

    public static async Task<OssEmulator> StartAsync(
        EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var emulator = new OssEmulator(options ?? new EmulatorOptions());
        try
        {
            await emulator._service.StartAsync(cancellationToken);
            await emulator._control.StartAsync(cancellationToken);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _control.DisposeAsync();
        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }
}

/// <summary>The options with which an emulator starts.</summary>
public sealed class EmulatorOptions
{
    /// <summary>Whether to start with the predefined keys and buckets.</summary>
    public bool Seed { get; init; } = true;

    /// <summary>The number of additional buckets to start with, spread over the regions.</summary>
    public int FleetSize { get; init; }

    /// <summary>The port for http; 0 lets the system choose.</summary>
    public int HttpPort { get; init; }
}
